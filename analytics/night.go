package analytics

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"time"

	"clientele/analytics/customers"
	"clientele/analytics/history"
	"clientele/analytics/interests"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/analytics/lifecycle"
	nights "clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/publish"
	"clientele/analytics/risk"
	"clientele/analytics/scores"
	"clientele/analytics/tiers"
	"clientele/analytics/worth"
	"clientele/internal/concurrent"
	"clientele/segment/quality"
)

// night is what a run has found so far. Columns have one entry per customer,
// in the order of customers.ID; those of a stage that is off are nil.
type night struct {
	job      *job.Job
	asOf     time.Time
	inputs   []ledger.Input
	account  ledger.Account
	previous *history.Night // nil: this is the first
	was      []int          // place of each customer among previous.Members; -1: new
	gone     []int          // places of those who are not in tonight's list
	pins     *job.Pins      // nil: no tier is given by hand

	attributes []string // what the job maps beside what it must, in the order of the ledger

	threads   int
	keepDays  bool // whatever the job: a backtest is all that is wanted
	customers *customers.Table
	oddities  customers.Oddities

	at     nights.Context // what the stages are given, once the customers are known
	scores *scores.Result // nil: off

	worth  *worth.Result     // nil: off
	stages *lifecycle.Result // nil: off
	risk   *risk.Result      // nil: no stages, or no lifetime values
	audits []AuditedNight    // of earlier publications
	tiers  *tiers.Result     // nil: off

	anchor  anchor
	pyramid *quality.Pyramid // nil: off

	interests *interests.Result // nil: off, or nothing is mapped that could be lost

	warnings nights.Warnings
}

// newNight begins with what a session knows of the exports, and says what of it is
// doubtful.
func newNight(s *session) *night {
	n := &night{job: s.job, asOf: s.asOf, inputs: s.plan.Inputs(), account: s.account, threads: s.threads}
	n.warnings.Add(accountWarnings(s.job, s.account)...)
	n.warnOfTwins()
	n.warnings.Add(farOff(s.days, n.asOf)...)
	n.warnOfAge(s.days)
	return n
}

// follow finds the night before. A history that begins anew is said to, whoever wished
// it: tiers, stages, cut points and the choice of a model begin with tonight.
func (n *night) follow(fresh bool) (err error) {
	dir, name := outputDir(n.job), n.job.Name
	if !fresh {
		n.previous, err = history.Before(dir, name, n.asOf)
		if gone := publish.Gone(dir, name); err == nil && n.previous == nil && gone != "" {
			n.warn("history: begins anew, as latest leads to %s, which is not there; tiers, stages and cut points are as of a first night", gone)
		}
		return err
	}
	path, before, err := publish.Previous(dir, name, n.asOf)
	if before {
		n.warn("history: begins anew, as --fresh asked; nothing of %s and before is carried on: tiers, stages and cut points are as of a first night",
			filepath.Base(path))
	}
	return err
}

// forget lets go of what is not published: the purchase days and the night before.
func (n *night) forget() {
	t := n.customers
	t.Days, t.DayStart, t.DaySold, t.Activity = nil, nil, nil, nil
	if n.previous != nil {
		n.previous.Members = nil
	}
}

// outputDir is where publications go: output.dir as seen from the job file.
func outputDir(j *job.Job) string {
	if filepath.IsAbs(j.Output.Dir) {
		return j.Output.Dir
	}
	return filepath.Join(j.Dir, j.Output.Dir)
}

// reduce turns the ledger into the columns that everything after works on.
func (n *night) reduce(ctx context.Context, s *session) (err error) {
	n.customers, n.oddities, err = customers.Reduce(ctx, s.engine, n.request(s.plan))
	if err != nil {
		return err
	}
	if n.customers.Len() == 0 {
		return &ledger.DataError{
			Path:    n.job.Sources[0].Path,
			Message: "holds returns but not one order; check sources.0.returns and the sign of the amounts",
		}
	}
	n.warnOfOddities()
	if n.previous != nil {
		if err := concurrent.Until(ctx, n.previous.Recall); err != nil {
			return err
		}
	}
	n.at = nights.NewContext(n.frame(s.plan), n.customers)
	n.was, n.gone = n.members().Match(n.customers.ID)
	return n.checkGone()
}

// frame is what the stages are given of a night before its customers are known.
func (n *night) frame(plan *ledger.Plan) nights.Frame {
	return nights.Frame{
		Job: n.job, AsOf: n.asOf, FirstDay: n.account.FirstDay, HasCost: plan.HasCost, HasCategory: plan.HasCategory, HasProduct: plan.HasProduct,
		Threads: n.threads, Previous: n.previous, Warnings: &n.warnings,
	}
}

// score gives every customer r, f and m and the named segment.
func (n *night) score() (err error) {
	n.scores, err = scores.Run(n.at)
	return err
}

// value works out past and future value of every customer.
func (n *night) value() (err error) {
	n.worth, err = worth.Run(n.at)
	return err
}

// stage places every customer in a stage of the relationship.
func (n *night) stage() (err error) {
	needs := lifecycle.Needs{Weights: n.worth.Weights}
	if n.worth != nil {
		needs.PAlive = n.worth.PAlive
	}
	n.stages, err = lifecycle.Run(n.at, needs)
	return err
}

// weighRisk works out what is at stake with whom.
func (n *night) weighRisk() error {
	if n.stages == nil || n.worth == nil {
		return nil
	}
	s, w := n.stages, n.worth
	needs := risk.Needs{Stage: s.Stage, Decline: s.Decline, Momentum: s.Momentum, UsualGap: s.UsualGap, Reasons: s.Reasons, Future: w.Future, PNext: w.PNext}
	if w.Modelled() {
		needs.FormerPace = w.AtPace(s.FormerRate)
	}
	n.risk = risk.Run(n.at, needs)
	return nil
}

// interest finds who has lost interest in what.
func (n *night) interest() (err error) {
	var segment []string
	if n.scores != nil {
		segment = n.scores.Segment
	}
	n.interests, err = interests.Run(n.at, segment)
	return err
}

// tier takes every member of the loyalty programme from last night's tier to tonight's.
func (n *night) tier() (err error) {
	n.tiers, err = tiers.Run(n.at, n.tierNeeds())
	return err
}

func (n *night) tierNeeds() tiers.Needs {
	metrics := map[string][]float64{}
	maps.Copy(metrics, n.scores.Metrics())
	maps.Copy(metrics, n.worth.Metrics())
	return tiers.Needs{Pins: n.pins, Metrics: metrics}
}

// kinds are the ways in which tonight's stages group customers, in the order of
// segments.csv.
func (n *night) kinds() []nights.Kind {
	var all []nights.Kind
	if n.scores != nil {
		all = append(all, n.scores.Kind(&n.at.Frame))
	}
	if n.tiers != nil {
		all = append(all, n.tiers.Kind(&n.at.Frame))
	}
	if n.stages != nil {
		all = append(all, n.stages.Kind(&n.at.Frame))
	}
	return all
}

func (n *night) drift() *publication.Drift {
	if n.scores == nil {
		return nil
	}
	return n.scores.Drift
}

// members are the customers of the night before; nil where there is none.
func (n *night) members() *publication.State {
	if n.previous == nil {
		return nil
	}
	return n.previous.Members
}

// request is what the job needs of each customer.
func (n *night) request(plan *ledger.Plan) customers.Request {
	n.attributes = plan.Attributes
	r := customers.Request{HasOrders: plan.HasOrders, HasCost: plan.HasCost, Attributes: n.labels()}
	r.KeepSpend = n.keepDays
	f := n.frame(plan)
	scores.Ask(&f, &r)
	worth.Ask(&f, &r)
	lifecycle.Ask(&f, &r)
	if !n.keepDays {
		interests.Ask(&f, &r)
	}
	tiers.Ask(&f, &r)
	return r
}

// labels are the attributes that are told by their most frequent value: all but
// those whose numbers tiers count.
func (n *night) labels() []string {
	numbers := n.job.MappedMetrics()
	return slices.DeleteFunc(slices.Clone(n.attributes), func(name string) bool { return slices.Contains(numbers, name) })
}

func (n *night) recencyDays() []float64 { return n.at.RecencyDays() }

// warn notes something that readers of the result should know.
func (n *night) warn(format string, args ...any) { n.warnings.Add(fmt.Sprintf(format, args...)) }
