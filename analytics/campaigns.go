package analytics

import (
	"context"
	"errors"

	"clientele/analytics/activation"
	"clientele/analytics/condition"
	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/analytics/publish"
	"clientele/analytics/query"
)

// CampaignFindings are the campaigns of a job as they would go for the customers of its
// newest publication.
type CampaignFindings struct {
	AsOf     string // of the publication; empty: there is none yet
	Previews []activation.Preview
	// Unknown says why the newest publication cannot tell; empty: it does.
	Unknown string
}

// previewCampaigns looks at the campaigns before anything is sent; nil where the job has
// none.
func previewCampaigns(ctx context.Context, j *job.Job, o Options) (*CampaignFindings, error) {
	if j.Activation == nil || len(j.Activation.Campaigns) == 0 {
		return nil, nil //nolint:nilnil // most jobs have no campaigns
	}
	found := &CampaignFindings{}
	newest, err := newestOf(j)
	if err != nil || newest == nil {
		return found, err
	}
	found.AsOf = newest.AsOf
	err = withCustomers(ctx, newest, j, o, func(customers *query.Tables) (err error) {
		found.Previews, err = activation.Previews(ctx, newest, customers, j)
		return err
	})
	if wrong, is := errors.AsType[job.Errors](err); is { // the job has columns that it had not then
		found.Unknown, err = wrong.Error(), nil
	}
	return found, err
}

// ErrNoCampaign says that a job has no campaigns to plan for.
var ErrNoCampaign = errors.New("activation.campaigns: the job has none, so that there is nothing to plan for")

// ErrNoPublication says that a job has not run yet.
var ErrNoPublication = errors.New("there is no publication of the job yet, whose customers a plan could be made for: run it first")

// PlanBudgets says what budgets would bring on the night after a publication: the newest, or
// the newest that is no later than a day. It writes nothing.
func PlanBudgets(ctx context.Context, j *job.Job, o Options, budgets []float64, until job.AsOf) (plan *activation.BudgetPlan, err error) {
	o = o.withDefaults()
	if j.Activation == nil || len(j.Activation.Campaigns) == 0 {
		return nil, ErrNoCampaign
	}
	if err := checkConditions(ctx, j, o); err != nil {
		return nil, err
	}
	newest, err := newestUntil(j, until)
	if err != nil {
		return nil, err
	}
	if newest == nil {
		return nil, ErrNoPublication
	}
	err = withCustomers(ctx, newest, j, o, func(customers *query.Tables) (err error) {
		plan, err = activation.Budgets(ctx, newest, customers, j, budgets)
		return err
	})
	return plan, err
}

// checkConditions holds the conditions of a job against the columns that it has.
func checkConditions(ctx context.Context, j *job.Job, o Options) error {
	return withSealed(ctx, j, o, func(e engine.Engine) error { return condition.Check(ctx, e, j) })
}

// withSealed opens an engine that reads no file, and closes it again.
func withSealed(ctx context.Context, j *job.Job, o Options, do func(engine.Engine) error) (err error) {
	e, _, err := openEngineToLook(ctx, j, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, e.Close()) }()
	if err := e.Seal(ctx, nil); err != nil {
		return err
	}
	return do(e)
}

// newestOf is the newest publication of a job; nil: there is none.
func newestOf(j *job.Job) (*publication.Publication, error) {
	return newestUntil(j, job.AsOf{Latest: true})
}

// newestUntil is the newest publication of a job that is no later than a day; nil: there is
// none.
func newestUntil(j *job.Job, until job.AsOf) (*publication.Publication, error) {
	before := farFuture
	if !until.Latest {
		before = until.Day.AddDate(0, 0, 1)
	}
	path, some, err := publish.Previous(j.OutputDir(), j.Name, before)
	if err != nil || !some {
		return nil, err
	}
	return publication.Open(path)
}

// withCustomers opens the customers of a publication and closes them again.
func withCustomers(ctx context.Context, p *publication.Publication, j *job.Job, o Options, do func(*query.Tables) error) (err error) {
	customers, _, err := openToSee(j, o, func(as engine.Options) (*query.Tables, error) { return query.OpenCustomers(ctx, p, as) })
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, customers.Close()) }()
	return do(customers)
}
