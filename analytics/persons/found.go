package persons

import (
	"cmp"
	"slices"
)

// Found is who is who.
type Found struct {
	IDs       int64 // that the exports know
	Customers int64 // persons behind them
	// MergedBy says by which step the ids became fewer: the rules of spelling, the map,
	// each key. IDs less all of them are Customers.
	MergedBy []Step
	Keys     []KeyUse
	// Crowded are customers with more ids than may share a key: of many keys in a chain.
	Crowded int64
	// Aliases are the ids that are published under another, in order.
	Aliases []Alias
	// Conflicts are the ids that share a value of a key which the map contradicts, in order
	// of their numbers and then of the ids.
	Conflicts []Conflict

	rules    []Rule
	customer map[string]string
	moved    map[string]string // by normal form: the customer, where it is not the form itself
	keyed    []keyed
}

// Step is one of the ways in which ids become one customer.
type Step struct {
	By        string // ByNormalise, ByMap or the name of a key
	Customers int64  // how many fewer there are
}

// The steps before those of the keys.
const (
	ByNormalise = "normalise"
	ByMap       = "map"
)

// KeyUse is what a key was not used for.
type KeyUse struct {
	Key       string
	OverCap   int64 // values that too many ids share
	Conflicts int64 // values that would join what the map keeps apart
}

// Alias is an id that is published under another.
type Alias struct {
	ID, Customer string
	By           string // the step after which the two were one
}

func newFound(j *Joiner) *Found {
	f := &Found{IDs: int64(j.ids), MergedBy: []Step{{By: ByNormalise}, {By: ByMap}}, rules: j.rules, customer: j.customer, moved: map[string]string{}}
	for _, k := range j.keys {
		f.MergedBy, f.Keys = append(f.MergedBy, Step{By: k.name}), append(f.Keys, KeyUse{Key: k.name})
	}
	return f
}

// customers says under which id each person is published, and lists the others.
func (f *Found) customers(d *decider) {
	is := d.published()
	for i, form := range d.forms {
		to := is[d.root(int32(i))]
		if to == int32(i) {
			continue
		}
		f.moved[form.text] = d.forms[to].text
		if form.plain {
			f.Aliases = append(f.Aliases, d.alias(form.text, int32(i), to))
		}
	}
	for _, s := range d.respelled {
		f.Aliases = append(f.Aliases, d.alias(s.text, s.form, is[d.root(s.form)]))
	}
	slices.SortFunc(f.Aliases, func(a, b Alias) int { return cmp.Compare(a.ID, b.ID) })
	f.listConflicts(d, is)
	f.listKeys(d, is)
	f.count(d)
}

// published is, by root, the form under which the set is published.
//
// That is the map's customer, or else the id that the exports have known for longest, of
// equal days the smallest: an id that is new tonight takes no name away.
func (d *decider) published() []int32 {
	is := make([]int32, len(d.forms))
	for i := range is {
		is[i] = nobody
	}
	for i := range int32(len(d.forms)) {
		root := d.root(i)
		switch {
		case d.mapped[root] != nobody:
			is[root] = d.mapped[root]
		case is[root] == nobody || d.isOlder(i, is[root]):
			is[root] = i
		}
	}
	return is
}

func (d *decider) isOlder(i, than int32) bool {
	a, b := d.forms[i], d.forms[than]
	return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.text, b.text)) < 0
}

// alias is an id of a form that is published under another, with the step after which the
// two were one.
func (d *decider) alias(id string, form, to int32) Alias {
	a := Alias{ID: id, Customer: d.forms[to].text, By: ByNormalise}
	if form == to {
		return a
	}
	for k, roots := range d.after {
		if roots[form] == roots[to] {
			a.By = d.found.MergedBy[1+k].By
			break
		}
	}
	return a
}

// count counts the customers, and those with more ids than may share a key.
func (f *Found) count(d *decider) {
	parts := make([]int32, len(d.forms)) // of each root: customers by the map
	for i, root := range d.byMap {
		if int32(i) == root {
			parts[d.root(root)]++
		}
	}
	for _, n := range parts {
		if n > 0 {
			f.Customers++
		}
		if int(n) > d.cap {
			f.Crowded++
		}
	}
}

// IsAlias tells whether an id of this night is published under another.
func (f *Found) IsAlias(id string) bool {
	_, is := slices.BinarySearchFunc(f.Aliases, id, func(a Alias, id string) int { return cmp.Compare(a.ID, id) })
	return is
}

// Of gives the customer under which an id is published. It knows the ids of other nights
// too: by the rules of spelling and the map.
func (f *Found) Of(id string) string {
	if f == nil {
		return id
	}
	text := Normal(id, f.rules)
	if to, is := f.moved[text]; is {
		return to
	}
	if to, is := f.customer[text]; is {
		return to
	}
	return text
}
