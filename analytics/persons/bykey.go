package persons

import "strings"

// keyed finds customers by the value of a key.
type keyed struct {
	name     string
	customer map[string]string // by value, written in one way
}

// KeepKeys has the joiner keep the values of addresses and phone numbers, for [Found.ByKey].
// Call it before any is added.
func (j *Joiner) KeepKeys() { j.keeps = true }

// isAddress tells whether the values of a key are such as a message is sent to, which no
// customer's id looks like by chance.
func isAddress(key string) bool { return isMail(key) || isPhone(key) }

// keepKey keeps the values of a key, before the joiner leaves them.
func (d *decider) keepKey(k *keyValues) {
	if d.keeps && isAddress(k.name) {
		d.kept = append(d.kept, keyValues{name: k.name, texts: k.texts, pairs: k.pairs})
	}
}

// listKeys says whose the values are that were kept. One that is of several customers, as too
// many ids share it or the map keeps these apart, is nobody's.
func (f *Found) listKeys(d *decider, is []int32) {
	for _, k := range d.kept {
		by := keyed{k.name, make(map[string]string, len(k.texts))}
		for _, p := range k.pairs {
			text, customer := k.texts[p.value], d.forms[is[d.root(p.form)]].text
			if other, seen := by.customer[text]; seen && other != customer {
				customer = ""
			}
			by.customer[text] = customer
		}
		f.keyed = append(f.keyed, by)
	}
}

// ByKey gives the customer whose address or phone number a text is, in any spelling; empty:
// nobody's, or of several. It knows those that the joiner kept.
func (f *Found) ByKey(text string) string {
	if f == nil {
		return ""
	}
	for _, k := range f.keyed {
		if value := CleanKey(k.name, strings.TrimSpace(text)); value != "" {
			if customer := k.customer[value]; customer != "" {
				return customer
			}
		}
	}
	return ""
}
