package analytics

import (
	"context"
	"errors"

	"clientele/analytics/asset/whatif"
	"clientele/analytics/condition"
	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/analytics/query"
)

// Newest is the newest publication of a job. The error is [ErrNotRun] where there is none.
func Newest(j *job.Job) (*publication.Publication, error) {
	p, err := newestOf(j)
	if err == nil && p == nil {
		err = ErrNotRun
	}
	return p, err
}

// ErrNotRun says that a job has not run yet.
var ErrNotRun = errors.New("there is no publication of the job yet; run it first")

// WhatIf says what would become of the customers of a publication who fulfil a condition, or
// of all where it is empty. It writes nothing. The error is a [query.ConditionError] where the
// condition is none of its customers.
func WhatIf(ctx context.Context, p *publication.Publication, changes whatif.Changes, where string, o Options) (*whatif.Report, error) {
	o = o.withDefaults()
	shop, err := whatif.Open(p, o.Threads)
	if err != nil {
		return nil, err
	}
	q := whatif.Question{Changes: changes, Where: where}
	if where != "" {
		if q.Who, err = customersWhere(ctx, p, shop.Job(), where, o); err != nil {
			return nil, err
		}
	}
	return shop.Of(q)
}

// customersWhere are the ids of those who fulfil a condition, ascending.
func customersWhere(ctx context.Context, p *publication.Publication, j *job.Job, where string, o Options) (ids []string, err error) {
	wrong, err := faultOf(ctx, j, where, o)
	if err != nil {
		return nil, err
	}
	if wrong != "" {
		return nil, &query.ConditionError{Message: wrong}
	}
	err = withCustomers(ctx, p, j, o, func(customers *query.Tables) error {
		ids, err = customers.Where(ctx, where)
		return err
	})
	return ids, err
}

// faultOf is what is wrong with a condition over the customers of a job; empty: nothing.
func faultOf(ctx context.Context, j *job.Job, where string, o Options) (message string, err error) {
	err = withSealed(ctx, j, o, func(e engine.Engine) (err error) {
		message, err = condition.Fault(ctx, e, j, where)
		return err
	})
	return message, err
}
