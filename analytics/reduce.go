package analytics

import (
	"context"
	"slices"

	"clientele/analytics/customers"
	"clientele/analytics/ledger"
	"clientele/analytics/night"
	"clientele/analytics/worth/acquisition"
	"clientele/internal/concurrent"
)

// ask adds to a request what a stage needs of each customer.
type ask func(*night.Frame, *customers.Request)

// frame is what is known of the night before its customers are, but for the night before
// it (see follow). It says what of the exports is doubtful.
func (s *session) frame() night.Frame {
	f := night.Frame{
		Job: s.job, AsOf: s.asOf, FirstDay: s.account.FirstDay, Threads: s.threads, Warnings: &night.Warnings{},
		Spend: s.spend, Persons: s.plan.Persons(), Accounts: s.plan.Accounts(),
		HasCost: s.plan.HasCost, HasCategory: s.plan.HasCategory, HasProduct: s.plan.HasProduct,
	}
	f.Warnings.Add(accountWarnings(s.job, s.account)...)
	f.Warnings.Add(f.Say().WordAll(slices.Concat(identityWarnings(s.plan), twins(s.plan.Inputs()), farOff(s.days, s.asOf)))...)
	warnOfAge(&f, s.days)
	return f
}

// reduce turns the ledger into the columns that everything after works on, and lays the
// night before beside them.
func (s *session) reduce(ctx context.Context, f night.Frame, asks ...ask) (n night.Context, odd customers.Oddities, err error) {
	t, odd, err := s.reduceRows(ctx, s.request(f, asks))
	if err != nil {
		return n, odd, err
	}
	s.memory.know(s.account.Total.Read.Rows, int64(t.Len()))
	if t.Len() == 0 {
		return n, odd, &ledger.DataError{
			Path:    s.job.Sources[0].Path,
			Message: "holds returns but not one order; check sources.0.returns and the sign of the amounts",
		}
	}
	warnOfOddities(&f, odd)
	f.Warnings.Add(f.Say().WordAll(lookAlikeWarnings(s.job, slices.Concat(t.ID, odd.UnlistedIDs)))...)
	if f.Previous != nil {
		if err := concurrent.Until(ctx, func() error { return f.Previous.Recall(recalledFromScores) }); err != nil {
			return n, odd, err
		}
	}
	n = night.NewContext(f, t)
	n.Contact = s.signs.statuses(t.Len())
	return n, odd, checkGone(n)
}

// request is what the reduce is asked for.
func (s *session) request(f night.Frame, asks []ask) customers.Request {
	r := customers.Request{
		Moved: s.plan.Moved(), HasOrders: s.plan.HasOrders, SeemOneLine: s.plan.SeemOneLine(), OneSource: len(s.job.Sources) == 1, HasCost: s.plan.HasCost, HasListPrice: s.plan.HasListPrice,
		Attributes: s.labels(), FirstLabels: s.wonBy(),
	}
	for _, ask := range asks {
		ask(&f, &r)
	}
	s.signs = askSigns(s.job, s.plan, &r)
	return r
}

// wonBy are the attributes of which it matters what they were when the customer was won.
func (s *session) wonBy() (names []string) {
	if s.job.CLV == nil {
		return nil
	}
	for _, name := range []string{acquisition.Channel, acquisition.Region} {
		if slices.Contains(s.plan.Attributes, name) {
			names = append(names, name)
		}
	}
	return names
}

// labels are the attributes that are told by their most frequent value: all but
// those whose numbers tiers count.
func (s *session) labels() []string {
	numbers := s.job.MappedMetrics()
	return slices.DeleteFunc(slices.Clone(s.plan.Attributes), func(name string) bool { return slices.Contains(numbers, name) })
}
