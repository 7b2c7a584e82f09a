package campaign

import (
	"errors"
	"fmt"
	"math"

	"clientele/internal/calendar"
)

// validate refuses what has no meaning. Messages name no customer.
func validate(r Rules, n Night, before Memory) error {
	return errors.Join(r.validate(), n.validate(r), before.validate(n.Day))
}

func (r Rules) validate() error {
	var problems []error
	bad := func(format string, args ...any) {
		problems = append(problems, fmt.Errorf("campaign: "+format, args...))
	}
	seen := map[string]bool{"": true, HoldoutName: true}
	for k, c := range r.Campaigns {
		if seen[c.Name] {
			bad("campaign %d: its name is %q: it must be unique, and neither empty nor %q", k+1, c.Name, HoldoutName)
		}
		seen[c.Name] = true
		for _, problem := range c.problems() {
			bad("campaign %q: %s", c.Name, problem)
		}
	}
	for k, c := range r.Caps {
		if c.Days < 1 || c.Contacts < 0 {
			bad("cap %d: %d contacts in %d days: there must be a day, and contacts cannot be fewer than none", k+1, c.Contacts, c.Days)
		}
	}
	if h := r.Holdout; h != nil && (!share(h.Share) || h.Refresh.Months < 0 || h.Refresh.Days < 0) {
		bad("holdout: a share of %g for %v: the share must lie from 0 to 1, and the period must not be negative", h.Share, h.Refresh)
	}
	return errors.Join(problems...)
}

func share(x float64) bool { return x >= 0 && x <= 1 }

func amount(x float64) bool { return x >= 0 && !math.IsInf(x, 1) }

func (c Campaign) problems() []string {
	var problems []string
	refuse := func(is bool, problem string) {
		if is {
			problems = append(problems, problem)
		}
	}
	refuse(len(c.Channels) == 0, "it has no channel")
	refuse(c.Starts >= c.Ends, "it must start before it ends")
	refuse(!share(c.Control), "the share of control must lie from 0 to 1")
	refuse(!share(c.Explore), "the share of the budget by lot must lie from 0 to 1")
	refuse(!amount(c.Cost), "the cost of a contact must be a number of at least 0")
	refuse(!amount(c.Budget), "the budget must be a number of at least 0")
	return problems
}

func (n Night) validate(r Rules) error {
	var problems []error
	size := func(what string, got int) {
		if got != len(n.ID) {
			problems = append(problems, fmt.Errorf("campaign: the night has %d customers, but %d values of %s", len(n.ID), got, what))
		}
	}
	size("blocked", len(n.Blocked))
	size("the forecast", len(n.Forecast))
	for k, column := range n.Strata {
		size(fmt.Sprintf("stratum %d", k+1), len(column))
	}
	for _, c := range r.Campaigns {
		if c.running(n.Day) {
			size(fmt.Sprintf("the audience of %q", c.Name), len(n.Audience[c.Name]))
		}
		if column, measured := n.Uplift[c.Name]; measured {
			size(fmt.Sprintf("the uplift of %q", c.Name), len(column))
		}
		for _, channel := range c.Channels {
			if column, stated := n.Reach[channel]; stated {
				size(fmt.Sprintf("the reach of %q", channel), len(column))
			}
		}
	}
	for i := 1; i < len(n.ID); i++ {
		if n.ID[i-1] >= n.ID[i] {
			problems = append(problems, fmt.Errorf("campaign: the ids of the night must ascend: that of customer %d does not", i+1))
			break
		}
	}
	return errors.Join(append(problems, n.validateBlocked())...)
}

func (n Night) validateBlocked() error {
	for _, why := range n.Blocked {
		if why == "" {
			continue
		}
		if at, known := codeOf[why]; !known || at > lastBlocking {
			return fmt.Errorf("campaign: %q does not keep everybody from contacting a customer", why)
		}
	}
	return nil
}

func (m Memory) validate(night calendar.Day) error {
	for _, a := range m.Assignments {
		switch {
		case a.Arm != Treated && a.Arm != Control && a.Arm != Both:
			return fmt.Errorf("campaign: %q is no arm", a.Arm)
		case a.Since >= night:
			return fmt.Errorf("campaign: what is remembered was drawn on %s: it must be of before the night, %s", calendar.Format(a.Since), calendar.Format(night))
		}
	}
	for _, c := range m.Planned {
		if c.Day >= night {
			return fmt.Errorf("campaign: what is remembered was planned for %s: it must be of before the night, %s", calendar.Format(c.Day), calendar.Format(night))
		}
	}
	return nil
}
