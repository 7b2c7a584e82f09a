package persons

import (
	"cmp"
	"slices"
)

// Conflict is an id beside which a value of a key was seen that would join customers whom
// the map keeps apart. A value is published nowhere: Number tells which ids share one, from
// 1 on, in the order in which keys and their values are taken.
type Conflict struct {
	Alias  // By is the key
	Number int64
}

// conflict is a value of a key that was not used, by the forms that share it.
type conflict struct {
	key   int
	forms []int32
}

// keepConflict remembers the forms beside which a value was seen.
func (d *decider) keepConflict(k int, shared []pair) {
	forms := make([]int32, len(shared))
	for i, p := range shared {
		forms[i] = p.form
	}
	slices.Sort(forms)
	d.conflicts = append(d.conflicts, conflict{k, slices.Compact(forms)})
	d.found.Keys[k].Conflicts++
}

// listConflicts lists the ids in conflict, as the exports spell them. is has, by root, the
// form under which a set is published.
func (f *Found) listConflicts(d *decider, is []int32) {
	if len(d.conflicts) == 0 {
		return
	}
	spelled := map[int32][]string{}
	for _, s := range d.respelled {
		spelled[s.form] = append(spelled[s.form], s.text)
	}
	for n, c := range d.conflicts {
		first := len(f.Conflicts)
		for _, form := range c.forms {
			ids := slices.Clone(spelled[form])
			if d.forms[form].plain {
				ids = append(ids, d.forms[form].text)
			}
			for _, id := range ids {
				customer := d.forms[is[d.root(form)]].text
				f.Conflicts = append(f.Conflicts, Conflict{Alias{id, customer, d.keys[c.key].name}, int64(n + 1)})
			}
		}
		slices.SortFunc(f.Conflicts[first:], func(a, b Conflict) int { return cmp.Compare(a.ID, b.ID) })
	}
}
