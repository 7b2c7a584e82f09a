package ledger

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
	"clientele/analytics/job"
)

// Files of responses are read as exports are: their formats, encodings and times are the
// same. A row becomes one of a ledger of its own, with the event, the campaign and the
// channel as labels, and with the time of the day beside the day.

// ResponseRow is what rows of files of responses say.
type ResponseRow struct {
	ID, Campaign, Channel, Event string // as the file spells them
	// Time is what the clock of the job's zone showed, in microseconds since 1970-01-01.
	Time int64
	// Reason is why the rows were set aside that say nothing, or nothing that can be read, of
	// when it was; empty for all others.
	Reason Reason
	Rows   int64 // that say this
}

// ResponseFiles are the files that were read, and what became of their rows.
type ResponseFiles struct {
	Inputs   []Input
	Absent   []string // paths of the job at which there is no file tonight
	Empty    []string // files without a row: on the night of an engine that sent nothing, or of one that failed
	Rows     int64
	Rejected map[Reason]int64
	Said     []ResponseRow
}

// ReadResponses reads the files of responses of a job into an engine of their own. Rows
// after asOf are set aside; the zero time sets no limit. Errors are those of [Prepare] and
// [Plan.Load].
func ReadResponses(ctx context.Context, e engine.Engine, j *job.Job, asOf time.Time) (*ResponseFiles, error) {
	found := &ResponseFiles{Rejected: map[Reason]int64{}}
	of := job.Defaults()
	of.Name, of.Dir, of.Timezone, of.Location, of.CLV, of.Stages = j.Name, j.Dir, j.Timezone, j.Location, nil, nil
	for i, r := range j.Activation.Responses {
		source := r.Source(i)
		_, _, err := findFiles(j.Dir, source)
		if _, none := errors.AsType[*noFileError](err); none {
			found.Absent = append(found.Absent, r.Path)
			continue
		}
		of.Sources = append(of.Sources, source) // any other error is told by Prepare
	}
	if len(of.Sources) == 0 {
		return found, nil
	}
	p, err := (&Plan{engine: e, job: &of, keepsClock: true, emptyMayBe: true}).prepare(ctx)
	if err != nil {
		return nil, err
	}
	found.Empty = p.empty
	if len(p.batches) == 0 {
		return found, nil
	}
	if err := p.Load(ctx, asOf); err != nil {
		return nil, err
	}
	found.Inputs = p.Inputs()
	for _, in := range found.Inputs {
		if in.Rows == 0 {
			found.Empty = append(found.Empty, in.Path)
		}
	}
	return found, p.takeResponses(ctx, found)
}

// clockColumn is the ledger's column of the time of responses, as text: microseconds.
const clockColumn = "clock"

// clockLabel is a row's time on the clock of the job's zone.
func (p *Plan) clockLabel(b *batch, kind string) namedSQL {
	at := clockSQL(`"clientele.time"`, "TIMESTAMP", kind, p.times[b.source], p.job.Timezone, p.job.Sources[b.source].Timezone)
	return namedSQL{SQL: "CAST(epoch_us(" + at + ") AS VARCHAR)", As: clockColumn}
}

// takeResponses takes what the rows say, each thing once.
func (p *Plan) takeResponses(ctx context.Context, found *ResponseFiles) error {
	labels := map[string]bool{}
	for _, name := range p.Attributes {
		labels[name] = true
	}
	label := func(name string) string {
		if !labels[name] {
			return "''"
		}
		return "coalesce(trim(" + engine.Identifier(AttributeColumn(name)) + "), '')"
	}
	data := struct{ Campaign, Channel, Event string }{label(job.ResponseCampaign), label("channel"), label(job.ResponseEvent)}
	return p.forEach(ctx, "responses.sql", data, func(b arrow.RecordBatch) error {
		return found.take(b)
	})
}

func (r *ResponseFiles) take(b arrow.RecordBatch) error {
	c := engine.Columns{Batch: b}
	reasons, rows := engine.Take[*array.String](&c, "reason"), engine.Take[*array.Int64](&c, "said")
	ids, clocks := engine.Take[*array.String](&c, "customer"), engine.Take[*array.String](&c, "clock")
	campaigns, channels, events := engine.Take[*array.String](&c, "campaign"), engine.Take[*array.String](&c, "channel"), engine.Take[*array.String](&c, "event")
	if c.Err != nil {
		return c.Err
	}
	for i := range ids.Len() {
		r.Rows += rows.Value(i)
		reason := Reason(strings.Clone(reasons.Value(i)))
		if reason != "" {
			r.Rejected[reason] += rows.Value(i)
		}
		if ids.Value(i) == "" { // of a row that says nothing
			continue
		}
		said := ResponseRow{
			ID: strings.Clone(ids.Value(i)), Campaign: strings.Clone(campaigns.Value(i)), Channel: strings.Clone(channels.Value(i)),
			Event: strings.Clone(events.Value(i)), Rows: rows.Value(i), Reason: reason,
		}
		if reason == "" {
			at, err := strconv.ParseInt(clocks.Value(i), 10, 64)
			if err != nil {
				return fmt.Errorf("the time of a response is no number of microseconds: %w", err)
			}
			said.Time = at
		}
		r.Said = append(r.Said, said)
	}
	return nil
}
