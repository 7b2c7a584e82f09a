package persons

import (
	"cmp"
	"slices"
)

// decider joins forms step by step: first by the map, then by each key.
type decider struct {
	*Joiner
	sets
	known  []bool  // by root: whether the exports have any form of the set
	mapped []int32 // by root: the form that is the map's customer; nobody: none
	// byMap are the roots after the map, and after are those after each step.
	byMap     []int32
	after     [][]int32
	conflicts []conflict
	found     *Found
}

const nobody = -1

// Decide says who is one person. The joiner is of no use afterwards.
//
// The map is what a person has decided, and a key is a sign: what the map keeps apart no
// key joins. A value that would is counted as a conflict and is not used. Values are taken
// in order, so that chains of them that end at two of the map's customers break at the
// same place every night.
func (j *Joiner) Decide() *Found {
	d := &decider{Joiner: j, found: newFound(j)}
	d.joinAll()
	d.found.customers(d)
	return d.found
}

func (d *decider) joinAll() {
	d.found.MergedBy[0].Customers = int64(d.ids - len(d.forms))
	d.begin()
	d.joinByMap()
	d.byMap = d.roots()
	d.after = append(d.after, d.byMap)
	for k := range d.keys {
		d.joinByKey(k)
		d.after = append(d.after, d.roots())
		d.keepKey(&d.keys[k])
		d.keys[k] = keyValues{name: d.keys[k].name}
	}
}

// begin puts each form in a set of its own. Customers of the map whom the exports do not
// know are forms too.
func (d *decider) begin() {
	for i := range len(d.forms) {
		if customer, is := d.customer[d.forms[i].text]; is {
			d.formOf(customer)
		}
	}
	for i, f := range d.forms {
		d.sets, d.known, d.mapped = append(d.sets, int32(i)), append(d.known, f.known), append(d.mapped, nobody)
	}
}

// joinByMap joins aliases with the map's customers.
func (d *decider) joinByMap() {
	for _, customer := range d.customer {
		if at, is := d.at[customer]; is {
			d.mapped[at] = at
		}
	}
	for i := range int32(len(d.forms)) {
		if customer, is := d.customer[d.forms[i].text]; is {
			d.unite(d.at[customer], i, 1)
		}
	}
}

// unite joins the sets of two forms, and counts where that makes one customer of two.
func (d *decider) unite(one, other int32, step int) {
	one, other = d.root(one), d.root(other)
	if one == other {
		return
	}
	if d.known[one] && d.known[other] {
		d.found.MergedBy[step].Customers++
	}
	d.known[one] = d.known[one] || d.known[other]
	if d.mapped[one] == nobody {
		d.mapped[one] = d.mapped[other]
	}
	d.join(one, other)
}

// roots is the root of each form.
func (d *decider) roots() []int32 {
	all := make([]int32, len(d.sets))
	for i := range all {
		all[i] = d.root(int32(i))
	}
	return all
}

// joinByKey joins the forms that share a value of a key.
func (d *decider) joinByKey(k int) {
	key := &d.keys[k]
	key.at = nil
	// By value, those of one text side by side.
	slices.SortFunc(key.pairs, func(a, b pair) int { return cmp.Or(cmp.Compare(a.value, b.value), cmp.Compare(a.form, b.form)) })
	type shared struct {
		text  string
		forms []pair
	}
	var all []shared
	for from := 0; from < len(key.pairs); {
		to := from + 1
		for to < len(key.pairs) && key.pairs[to].value == key.pairs[from].value {
			to++
		}
		if to-from > 1 {
			all = append(all, shared{key.texts[key.pairs[from].value], key.pairs[from:to]})
		}
		from = to
	}
	slices.SortFunc(all, func(a, b shared) int { return cmp.Compare(a.text, b.text) })
	for _, s := range all {
		d.joinShared(k, s.forms)
	}
}

// joinShared joins forms that share one value, unless too many do, or the map keeps some
// of them apart.
func (d *decider) joinShared(k int, forms []pair) {
	if d.atLeast(forms, d.cap+1) {
		d.found.Keys[k].OverCap++
		return
	}
	customer := int32(nobody)
	for _, p := range forms {
		if of := d.mapped[d.root(p.form)]; of != nobody && customer != nobody && of != customer {
			d.keepConflict(k, forms)
			return
		} else if of != nobody {
			customer = of
		}
	}
	for _, p := range forms[1:] {
		d.unite(forms[0].form, p.form, 2+k)
	}
}

// atLeast tells whether there are so many customers among forms, as they are by the map.
func (d *decider) atLeast(forms []pair, many int) bool {
	if len(forms) < many {
		return false
	}
	different := map[int32]bool{}
	for _, p := range forms {
		different[d.byMap[p.form]] = true
	}
	return len(different) >= many
}
