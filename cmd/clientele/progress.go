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

	"clientele/internal/terminal"
)

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

// stepTexts say in words what each stage of a run does.
var stepTexts = map[string]string{
	"prepare":   "looking at the exports",
	"load":      "reading transactions",
	"tally":     "accounting for every row",
	"reduce":    "reducing to customers",
	"rfm":       "scoring recency, frequency and spend",
	"clv":       "working out lifetime values",
	"backtest":  "predicting the past with each model",
	"stages":    "placing customers in stages",
	"referrals": "crediting who brought customers",
	"risk":      "weighing what is at stake",
	"interests": "looking for lost interests",
	"evidence":  "counting what forecasts came to",
	"audit":     "looking at what earlier nights said",
	"tiers":     "deciding tiers",
	"groups":    "summing up groups and judging them",
	"publish":   "publishing",
}

// progress tells how far a run is: as a bar on a terminal, as lines elsewhere.
type progress struct {
	log *slog.Logger
	bar *progressbar.ProgressBar

	mu    sync.Mutex // of what follows
	text  string     // of the step
	began time.Time  // when the step began
}

func newProgress(w io.Writer, format logFormat, quiet bool, steps []string) *progress {
	if quiet {
		return &progress{log: slog.New(slog.DiscardHandler)}
	}
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) && format == logText {
		return &progress{
			log: slog.New(slog.NewTextHandler(w, nil)),
			bar: progressbar.NewOptions(len(steps),
				progressbar.OptionSetWriter(w), progressbar.OptionClearOnFinish(), progressbar.OptionFullWidth(),
				progressbar.OptionSetElapsedTime(true), progressbar.OptionSetPredictTime(false)),
		}
	}
	if format == logJSON {
		return &progress{log: slog.New(slog.NewJSONHandler(terminal.JSON(w), nil))}
	}
	return &progress{log: slog.New(slog.NewTextHandler(w, nil))}
}

// step notes that a stage begins.
func (p *progress) step(name string) {
	text := stepTexts[name]
	if p.bar == nil {
		p.log.Info(text, "stage", name)
		return
	}
	p.mu.Lock()
	p.text, p.began = text, time.Now()
	p.mu.Unlock()
	p.describe(text)
	_ = p.bar.Add(1) // a bar that cannot be drawn must not stop the run
}

// describe writes what is going on before the bar.
func (p *progress) describe(text string) { p.bar.Describe(fmt.Sprintf("%-50s", text)) }

// reading tells how far the reading of the exports is, beside its step.
func (p *progress) reading(read, total int64) {
	if p.bar == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.describe(p.text + ": " + readSoFar(read, total, time.Since(p.began)))
}

// readSoFar says how much was read and, once it can be told, how long the rest will take at
// the speed so far.
func readSoFar(read, total int64, took time.Duration) string {
	text := fmt.Sprintf("%s of %s", humanize.Bytes(uint64(read)), humanize.Bytes(uint64(total)))
	const soon = 2 * time.Second // of less the speed is not known
	if took < soon || read <= 0 || read >= total {
		return text
	}
	left := time.Duration(float64(took) * float64(total-read) / float64(read))
	return text + ", " + left.Round(time.Second).String() + " left"
}

// done takes the bar away.
func (p *progress) done() {
	if p.bar != nil {
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
