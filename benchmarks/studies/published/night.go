package published

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"clientele/analytics"
	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/internal/calendar"
)

// Night is one publication.
type Night struct {
	Path      string // of its folder
	Day       int32
	Customers []Customer // by id
	Equity    *Total     // nil where it was refused
	Refused   string     // why
	Model     Model
}

// Total is a sum over all customers, and its 90% interval.
type Total struct{ Value, Low, High float64 }

// Job is a job of one shop, in a folder of its own.
type Job struct {
	Text    string // of the job file, without output and as_of; paths in it are absolute
	Dir     string // for its publications
	Threads int
}

// Publish runs one night, and reads it back. Nights of one folder remember each other.
func (j Job) Publish(ctx context.Context, day int32, settings ...string) (n Night, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("the night of %s: %w", calendar.Format(day), err)
		}
	}()
	text := j.Text + "\noutput: {dir: " + strconv.Quote(filepath.Join(j.Dir, "out")) + ", formats: [csv]}\n"
	settings = append(slices.Clone(settings), "as_of="+calendar.Format(day))
	parsed, err := job.Parse(filepath.Join(j.Dir, "job.yaml"), []byte(text), settings, time.Now)
	if err != nil {
		return n, err
	}
	r, err := analytics.Run(ctx, parsed, analytics.Options{Threads: j.Threads, SpillDir: j.Dir})
	if err != nil {
		return n, err
	}
	return readNight(day, r)
}

func readNight(day int32, r *analytics.Result) (n Night, err error) {
	n.Day, n.Path = day, r.Path
	if n.Customers, err = readCustomers(filepath.Join(r.Path, publication.CustomersCSV)); err != nil {
		return n, err
	}
	slices.SortFunc(n.Customers, func(a, b Customer) int { return strings.Compare(a.ID, b.ID) })
	if r.Equity != nil {
		n.Equity = &Total{r.Equity.Value.Float(), r.Equity.Low.Float(), r.Equity.High.Float()}
	} else if r.Model != nil {
		n.Refused = r.Model.Refused
	}
	n.Model, err = readModel(r.Path)
	return n, err
}
