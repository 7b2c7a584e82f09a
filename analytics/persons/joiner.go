package persons

import "math"

// Joiner collects what is known of ids. Add all ids before their keys.
type Joiner struct {
	rules []Rule
	// customer has, by normal form, the customer that an alias is of by the job's map:
	// chains have been followed.
	customer map[string]string
	cap      int

	ids   int
	forms []form
	at    map[string]int32 // of forms, by text
	// respelled are ids that are not their own normal form.
	respelled []spelling
	keys      []keyValues
	// keeps: the values of addresses are kept, those of keys that were joined by in kept.
	keeps bool
	kept  []keyValues
}

// form is an id written in one way.
type form struct {
	text string
	// first is the first day on which the exports know it.
	first int32
	// known: the exports have it, and not the map alone; plain: as it is spelled here.
	known, plain bool
}

// spelling is an id as the exports have it, and its form.
type spelling struct {
	text string
	form int32
}

// keyValues are the values of a key, and which forms each was seen beside.
type keyValues struct {
	name  string
	at    map[string]int32
	texts []string
	pairs []pair
}

type pair struct{ value, form int32 }

// NewJoiner is given the rules of the job: how ids are written in one way; the map, by
// normal forms, with chains followed; the names of the keys in order of their precedence;
// and how many ids may share the value of a key.
func NewJoiner(rules []Rule, customer map[string]string, keys []string, atMost int) *Joiner {
	j := &Joiner{rules: rules, customer: customer, cap: atMost, at: map[string]int32{}}
	for _, name := range keys {
		j.keys = append(j.keys, keyValues{name: name, at: map[string]int32{}})
	}
	return j
}

// AddID adds an id of the exports, once, and the first day on which they know it, in days
// since 1970-01-01.
func (j *Joiner) AddID(id string, first int32) {
	j.ids++
	at := j.formOf(Normal(id, j.rules))
	f := &j.forms[at]
	f.first, f.known = min(f.first, first), true
	if f.text == id {
		f.plain = true
	} else {
		j.respelled = append(j.respelled, spelling{id, at})
	}
}

// formOf finds a form, or adds it.
func (j *Joiner) formOf(text string) int32 {
	at, known := j.at[text]
	if !known {
		at = int32(len(j.forms))
		j.forms = append(j.forms, form{text: text, first: math.MaxInt32})
		j.at[text] = at
	}
	return at
}

// AddKey adds the value of a key that was seen beside an id.
func (j *Joiner) AddKey(key int, id, value string) {
	k := &j.keys[key]
	value = CleanKey(k.name, value)
	form, known := j.at[Normal(id, j.rules)]
	if value == "" || !known {
		return
	}
	at, seen := k.at[value]
	if !seen {
		at = int32(len(k.texts))
		k.texts = append(k.texts, value)
		k.at[value] = at
	}
	k.pairs = append(k.pairs, pair{at, form})
}
