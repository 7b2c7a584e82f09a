package campaign

import (
	"cmp"
	"slices"
)

// Settled is a memory in order, in which customers who turned out to be one person have one
// place in each experiment.
func (m Memory) Settled() Memory {
	m.Assignments, m.Planned = eachOnce(m.Assignments), contactsInOrder(m.Planned)
	return m
}

// byExperiment gives assignments by experiment: each customer once, ascending.
func byExperiment(all []Assignment) map[string][]Assignment {
	all = eachOnce(all)
	experiments := map[string][]Assignment{}
	for from := 0; from < len(all); {
		to := from + 1
		for to < len(all) && all[to].Campaign == all[from].Campaign {
			to++
		}
		experiments[all[from].Campaign] = all[from:to]
		from = to
	}
	return experiments
}

// eachOnce puts assignments in order, and makes one of those of customers who turned out to
// be one person. Without such, it gives back what it is given.
func eachOnce(all []Assignment) []Assignment {
	if ascending(all) {
		return all
	}
	ordered := slices.Clone(all)
	slices.SortFunc(ordered, Assignment.compare)
	once := ordered[:0]
	for _, a := range ordered {
		if last := len(once) - 1; last >= 0 && once[last].place(a) == 0 {
			once[last] = once[last].merged(a)
			continue
		}
		once = append(once, a)
	}
	return once
}

func ascending(all []Assignment) bool {
	for i := 1; i < len(all); i++ {
		if all[i-1].place(all[i]) >= 0 {
			return false
		}
	}
	return true
}

// place compares experiment and customer.
func (a Assignment) place(b Assignment) int {
	return cmp.Or(cmp.Compare(a.Campaign, b.Campaign), cmp.Compare(a.Customer, b.Customer))
}

// compare is place, then what is the customer's own, then the earlier draw first, then whatever else tells two apart: what
// becomes of two that meet must not depend on the order in which they were read.
func (a Assignment) compare(b Assignment) int {
	return cmp.Or(
		a.place(b),
		compareBool(a.Parted, b.Parted),
		cmp.Compare(a.Since, b.Since),
		cmp.Compare(a.Arm, b.Arm),
		cmp.Compare(a.Share, b.Share),
		cmp.Compare(a.Forecast, b.Forecast),
		slices.Compare(a.Strata, b.Strata),
		compareBool(a.Explored, b.Explored),
	)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// merged is what becomes of two assignments of one person: the first, a, unless they
// contradict each other. Then the holdout wins over no holdout, as nobody in it may be
// contacted, and in a campaign the person is of no use for the effect.
func (a Assignment) merged(b Assignment) Assignment {
	entries, in, parted := max(a.Entries, b.Entries), a.In || b.In, a.Parted && b.Parted
	switch {
	case a.Arm == b.Arm:
	case a.Campaign != HoldoutName:
		a.Arm = Both
	case b.Arm == Control:
		a = b
	}
	a.Entries, a.In, a.Parted = entries, in, parted
	return a
}

// seen is the assignment after a night on which the customer was, or was not, in the
// audience.
func (a Assignment) seen(in bool) Assignment {
	if in && !a.In {
		a.Entries++
	}
	a.In = in
	return a
}

// contactsInOrder gives contacts in order of day, customer and channel. Of a person who was
// parted and is one again, what was parted is the person's own again.
func contactsInOrder(all []Contact) []Contact {
	twice := func(a, b Contact) bool {
		some := a.Parted || b.Parted
		a.Parted, b.Parted = false, false
		return some && a == b
	}
	sorted := slices.IsSortedFunc(all, Contact.compare)
	if sorted && !slices.ContainsFunc(all, func(c Contact) bool { return c.Parted }) {
		return all
	}
	ordered := slices.Clone(all)
	slices.SortFunc(ordered, Contact.compare)
	return slices.CompactFunc(ordered, twice)
}

func (c Contact) compare(o Contact) int {
	return cmp.Or(
		cmp.Compare(c.Day, o.Day),
		cmp.Compare(c.Customer, o.Customer),
		cmp.Compare(c.Channel, o.Channel),
		cmp.Compare(c.Campaign, o.Campaign),
		compareBool(c.Parted, o.Parted),
	)
}
