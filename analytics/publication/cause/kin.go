package cause

import (
	"errors"
	"slices"
	"strings"

	"clientele/analytics/persons"
	"clientele/analytics/publication"
)

// Kin are ids that are one person on one of two nights only: those who are on one night
// only, and who is on both and was joined with them or parted from them.
type Kin struct{ Joined, Parted map[string]bool }

// FindKin reads what the lists of two nights say of the ids that are on one of them only.
func FindKin(older, newer *publication.Publication, then, now *publication.State) (Kin, error) {
	k := Kin{Joined: map[string]bool{}, Parted: map[string]bool{}}
	was, gone := then.Match(now.ID)
	var entered []int
	for i, at := range was {
		if at < 0 {
			entered = append(entered, i)
		}
	}
	if err := markMerged(newer, now, then.IDs(gone), k.Joined); err != nil {
		return k, err
	}
	return k, markMerged(older, then, now.IDs(entered), k.Parted)
}

// markMerged marks the ids of another night that this night publishes under an id of its
// own, and that id.
func markMerged(p *publication.Publication, of *publication.State, elsewhere map[string]bool, mark map[string]bool) error {
	if len(elsewhere) == 0 {
		return nil
	}
	known := func(customer string) bool {
		_, known := slices.BinarySearch(of.ID, customer)
		return known
	}
	return eachMerged(p, known, func(alias string) (bool, error) { return elsewhere[alias], nil }, func(alias, customer string) {
		mark[alias], mark[customer] = true, true
	})
}

// KinOf tells whether a customer of both nights was joined with another of the older night,
// or parted from another of the newer.
func KinOf(older, newer *publication.Publication, id string) (joined, parted bool, err error) {
	is := func(customer string) bool { return customer == id }
	on := func(p *publication.Publication) func(string) (bool, error) {
		return func(alias string) (bool, error) {
			_, found, err := p.ReadRemembered(alias)
			return found, err
		}
	}
	if err = eachMerged(newer, is, on(older), func(string, string) { joined = true }); err == nil {
		err = eachMerged(older, is, on(newer), func(string, string) { parted = true })
	}
	return joined, parted, err
}

// EnteredKin tells of an id of the newer night that the older one does not list whether it was
// another's then, or whether ids of the older night are its own now.
func EnteredKin(older, newer *publication.Publication, id string) (kin bool, err error) {
	listed := func(customer string) (bool, error) {
		_, found, err := older.ReadRemembered(customer)
		return found, err
	}
	err = eachMerged(newer, func(customer string) bool { return customer == id }, listed, func(string, string) { kin = true })
	if kin || err != nil {
		return kin, err
	}
	var whose []string
	anybody := func(string) bool { return true }
	err = eachMerged(older, anybody, func(alias string) (bool, error) { return alias == id, nil }, func(_, customer string) {
		whose = append(whose, customer)
	})
	for _, customer := range whose {
		if kin || err != nil {
			break
		}
		kin, err = listed(customer)
	}
	return kin, err
}

// eachMerged calls do with the ids that a night publishes under another of which is says
// that it matters, and that stand elsewhere: one person's, or the members of an account
// where the one at the top is the customer. Aliases stand as the exports spell them, and
// customers as the rules of spelling have them.
func eachMerged(p *publication.Publication, is func(customer string) bool, elsewhere func(alias string) (bool, error), do func(alias, customer string)) error {
	rules, err := Spelling(p)
	if err != nil {
		return err
	}
	var failed error
	err = p.EachAlias(func(alias, customer string) bool {
		if !is(customer) {
			return true
		}
		there, err := elsewhere(alias)
		if normal := persons.Normal(alias, rules); err == nil && !there && normal != customer {
			alias = normal
			there, err = elsewhere(alias)
		}
		if failed = err; there {
			do(alias, customer)
		}
		return failed == nil
	})
	return errors.Join(failed, err)
}

// Spelling are the rules by which a night writes ids.
func Spelling(p *publication.Publication) (rules []persons.Rule, err error) {
	settings, err := p.Settings.Flat()
	for key, rule := range settings {
		if strings.HasPrefix(key, "identity.normalise.") {
			rules = append(rules, persons.Rule(rule))
		}
	}
	return rules, err
}
