package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"clientele/internal/concurrent"
	"clientele/internal/terminal"
	"clientele/internal/wording"
)

// logFormatFlag is the flag that says it.
const logFormatFlag = "log-format"

// logFormat is how progress is written where there is no terminal.
type logFormat string

const (
	logText logFormat = "text"
	logJSON logFormat = "json"
)

// String implements pflag.Value.
func (f *logFormat) String() string { return string(*f) }

// Type implements pflag.Value.
func (f *logFormat) Type() string { return "format" }

// Set implements pflag.Value.
func (f *logFormat) Set(text string) error {
	switch logFormat(text) {
	case logText, logJSON:
		*f = logFormat(text)
		return nil
	}
	return fmt.Errorf("%q is not a log format; use text or json", text)
}

// progress tells how far a run is: as a bar on a terminal, in the language of the job, and
// elsewhere as lines, which are English as all logs are.
type progress struct {
	log  *slog.Logger
	bar  *progressbar.ProgressBar
	say  wording.Language
	plan *timePlan

	mu    sync.Mutex // of what follows
	name  string     // of the step
	began time.Time  // when the step began
	read  bool       // how far the reading or the cluster is was said of this step
	told  time.Time  // when the log was told how far the cluster is
	stop  chan struct{}
	ticks concurrent.Group
}

func newProgress(w io.Writer, format logFormat, quiet bool, plan *timePlan, language string) *progress {
	if quiet {
		return &progress{log: slog.New(slog.DiscardHandler)}
	}
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) && format == logText {
		p := &progress{
			log: slog.New(slog.NewTextHandler(w, nil)), say: wording.In(language), plan: plan, stop: make(chan struct{}),
			bar: progressbar.NewOptions(len(plan.steps),
				progressbar.OptionSetWriter(w), progressbar.OptionClearOnFinish(), progressbar.OptionFullWidth(),
				progressbar.OptionSetElapsedTime(true), progressbar.OptionSetPredictTime(false)),
		}
		p.ticks.Go(p.tick)
		return p
	}
	return &progress{log: newLog(w, format)}
}

// newLog writes lines where there is no terminal.
func newLog(w io.Writer, format logFormat) *slog.Logger {
	if format == logJSON {
		return slog.New(slog.NewJSONHandler(terminal.JSON(w), nil))
	}
	return slog.New(slog.NewTextHandler(w, nil))
}

// step notes that a stage begins.
func (p *progress) step(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	if p.bar == nil {
		p.told = now
		p.log.Info(wording.In("en").SayOf("step", name), "stage", name)
		return
	}
	if p.name != "" {
		p.plan.done(p.name, now.Sub(p.began))
	}
	p.name, p.began, p.read = name, now, false
	p.describe(p.left(0))
	_ = p.bar.Add(1) // a bar that cannot be drawn must not stop the run
}

// tick says each second how long the step will take, until the run is done.
func (p *progress) tick() {
	seconds := time.NewTicker(time.Second)
	defer seconds.Stop()
	for {
		select {
		case <-p.stop:
			return
		case <-seconds.C:
		}
		p.mu.Lock()
		if p.name != "" && !p.read {
			p.describe(p.left(time.Since(p.began)))
		}
		p.mu.Unlock()
	}
}

// describe writes what is going on before the bar.
func (p *progress) describe(text string) { p.bar.Describe(fmt.Sprintf("%-50s", text)) }

// left says what the step is and, as far as the last night tells, how long it and all that
// follows will take.
func (p *progress) left(since time.Duration) string {
	step := p.say.SayOf("step", p.name)
	ofStep, ofAll, known := p.plan.left(p.name, since)
	switch {
	case !known:
		return step
	case ofStep == 0:
		return p.say.Say("progress.left_all", "step", step, "all", inSeconds(ofAll))
	}
	return p.say.Say("progress.left", "step", step, "left", inSeconds(ofStep), "all", inSeconds(ofAll))
}

func inSeconds(d time.Duration) string { return max(time.Second, d.Round(time.Second)).String() }

// reading tells how far the reading of the exports is, beside its step.
func (p *progress) reading(read, total int64) {
	if p.bar == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.read = true
	p.describe(readSoFar(p.say, p.say.SayOf("step", p.name), read, total, time.Since(p.began)))
}

// readSoFar says how much was read and, once it can be told, how long the rest will take at
// the speed so far.
func readSoFar(say wording.Language, step string, read, total int64, took time.Duration) string {
	some, all := humanize.Bytes(uint64(read)), humanize.Bytes(uint64(total))
	const soon = 2 * time.Second // of less the speed is not known
	if took < soon || read <= 0 || read >= total {
		return say.Say("progress.read", "step", step, "read", some, "total", all)
	}
	left := time.Duration(float64(took) * float64(total-read) / float64(read))
	return say.Say("progress.read_left", "step", step, "read", some, "total", all, "left", left.Round(time.Second).String())
}

// done takes the bar away.
func (p *progress) done() {
	if p.bar != nil {
		close(p.stop)
		p.ticks.Wait()
		_ = p.bar.Finish()
	}
}

// warn writes what readers of the result should know. On a terminal the
// summary says it, right below.
func (p *progress) warn(warnings []string) {
	if p.bar != nil {
		return
	}
	for _, w := range warnings {
		p.log.Warn(w)
	}
}
