package analytics

import (
	"context"
	"errors"
	"io"

	"clientele/analytics/activation"
	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/analytics/query"
)

// activate stages whom to contact tonight, and what earlier contacts brought. It reads what
// is staged by now and the night before. Lists are what people act on: a night whose lists
// cannot be made is not published.
func activate(ctx context.Context, s *staged, j *job.Job, o engine.Options) error {
	if j.Activation == nil {
		return nil
	}
	m := s.m
	r, err := decide(ctx, s.read(), j, o)
	if err != nil {
		return err
	}
	for _, list := range r.Lists {
		if err := writeColumns(s.place, list.Name, list.Columns, j); err != nil {
			return err
		}
	}
	for _, file := range memoryFiles(r) {
		if err := writeTable(s.place, file.name, file.write); err != nil {
			return err
		}
	}
	if heard := m.Activation; heard != nil {
		r.Activation.Responses, r.Activation.Exclude = heard.Responses, heard.Exclude
	}
	m.Activation = &r.Activation
	m.Warnings = append(m.Warnings, r.Warnings...)
	return s.add(nil)
}

// decide asks an engine of its own, as that of the exports is closed by now.
func decide(ctx context.Context, night *publication.Publication, j *job.Job, o engine.Options) (_ *activation.Result, err error) {
	customers, err := query.OpenCustomers(ctx, night, o)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, customers.Close()) }()
	return activation.Run(ctx, night, customers, j)
}

// memoryFiles are what the next night must know.
func memoryFiles(r *activation.Result) []table {
	return []table{
		{publication.AssignmentsFile, func(w io.Writer) (int64, error) {
			return publication.WriteAssignments(w, r.Memory.Assignments)
		}},
		{publication.ContactsFile, func(w io.Writer) (int64, error) {
			return publication.WriteContacts(w, r.Memory.Planned)
		}},
	}
}
