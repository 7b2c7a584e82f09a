package analytics

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"clientele/analytics/engine/spark"
	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/analytics/publish"
)

// shownTable is the table of the cluster's catalogue that shows customers. The rows of a night
// are written to it before the night is published, and it shows them afterwards: what fails
// while much is written leaves all as it was.
type shownTable struct {
	*spark.Table
	name       string
	connection *spark.Connection
	night      spark.Night
}

// openTable looks at what bears the table's name; nil: the job names none.
func openTable(ctx context.Context, c *spark.Connection, j *job.Job) (*shownTable, error) {
	if j.Output.Table == "" {
		return nil, nil
	}
	owner, err := ownerOf(j)
	if err != nil {
		return nil, err
	}
	t, err := spark.OpenTable(ctx, c, j.Output.Table, owner)
	if err != nil {
		return nil, fmt.Errorf("output.table: %w", err)
	}
	return &shownTable{Table: t, name: j.Output.Table, connection: c}, nil
}

// ownerOf is who shows customers in the table of a job, wherever the job is run from.
func ownerOf(j *job.Job) (spark.Owner, error) {
	output, err := filepath.Abs(filepath.Join(j.OutputDir(), j.Name))
	return spark.Owner{Job: j.Name, Output: output}, err
}

// customersParquet is the file that a table is made of.
const customersParquet = "customers.parquet"

// prepare writes the rows of a night.
func (t *shownTable) prepare(ctx context.Context, stage *spark.Folder, place *publish.Staging, m publication.Manifest) error {
	if t == nil {
		return nil
	}
	at := slices.IndexFunc(m.Files, func(f publication.File) bool { return f.Path == customersParquet })
	t.night = spark.Night{AsOf: m.AsOf, RunID: m.RunID, SHA256: m.Files[at].SHA256, Rows: m.Customers}
	err := stage.BringFile("customers", filepath.Join(place.Folder(), customersParquet))
	if err == nil {
		err = t.Prepare(ctx, stage, "customers", t.night)
	}
	if err != nil {
		return fmt.Errorf("output.table: %s: %w", t.name, err)
	}
	t.connection.Forget() // what the session was made of goes with the stage
	return nil
}

// show leads the table to the night that was published.
func (s *session) show(ctx context.Context, clock *stopwatch, published *Result) error {
	if s.cluster == nil || s.cluster.table == nil {
		return nil
	}
	clock.start(stepTable)
	t := s.cluster.table
	if err := ctx.Err(); err != nil {
		return t.unshown(published, context.Cause(ctx))
	}
	if err := t.Show(ctx, t.night); err != nil {
		return t.unshown(published, err)
	}
	return nil
}

func (t *shownTable) unshown(published *Result, err error) error {
	return &UnshownError{Path: published.Path, Table: t.name, Err: err}
}

// UnshownError says that a night is published, and that the cluster's table was not led to it.
type UnshownError struct {
	Path  string // of the publication
	Table string
	Err   error
}

// Error says what is published, and how the table comes after.
func (e *UnshownError) Error() string {
	return fmt.Sprintf("output.table: the night is published (%s), and %s may still show the night before: %v; run the same night again", e.Path, e.Table, e.Err)
}

// Unwrap gives what went wrong.
func (e *UnshownError) Unwrap() error { return e.Err }
