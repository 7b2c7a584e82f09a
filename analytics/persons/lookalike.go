package persons

import (
	"hash/maphash"
	"slices"
)

// Likeness is what would become of ids that differ only in how they are written.
type Likeness struct {
	IDs       int64  // that look like another
	Customers int64  // that they would be
	Rules     []Rule // the fewest that make them so
}

// LookAlikes finds ids that would be one by the rules that are not stated. ids are
// in the form of the rules that are stated, and different from each other.
func LookAlikes(ids []string, stated []Rule) Likeness { return LookAlikesBy(ids, stated, AllRules) }

// LookAlikesBy is LookAlikes with no other rules than some and those that are stated.
func LookAlikesBy(ids []string, stated, some []Rule) Likeness {
	rules := slices.DeleteFunc(slices.Clone(AllRules), func(r Rule) bool { return !slices.Contains(some, r) && !slices.Contains(stated, r) })
	alike := groupsOf(ids, rules)
	var out Likeness
	if len(alike) == 0 {
		return out
	}
	out.Customers, out.IDs = count(alike, rules), int64(len(alike))
	out.Rules = slices.DeleteFunc(slices.Clone(rules), func(r Rule) bool { return slices.Contains(stated, r) })
	for _, r := range slices.Clone(out.Rules) {
		fewer := slices.DeleteFunc(slices.Clone(out.Rules), func(other Rule) bool { return other == r })
		if count(alike, append(fewer, stated...)) == out.Customers {
			out.Rules = fewer
		}
	}
	return out
}

// groupsOf are the ids that share the form of some rules with another. Forms are told apart
// by a hash first, as a million texts in a map take a second and a hundred megabytes.
func groupsOf(ids []string, rules []Rule) []string {
	seed := maphash.MakeSeed()
	hashes := make([]uint64, len(ids))
	for i, id := range ids {
		hashes[i] = maphash.String(seed, Normal(id, rules))
	}
	order := slices.Clone(hashes)
	slices.Sort(order)
	twice := map[uint64]bool{}
	for i := 1; i < len(order); i++ {
		if order[i] == order[i-1] {
			twice[order[i]] = true
		}
	}
	if len(twice) == 0 {
		return nil
	}
	forms := map[string][]string{}
	for i, id := range ids {
		if twice[hashes[i]] {
			form := Normal(id, rules)
			forms[form] = append(forms[form], id)
		}
	}
	var alike []string
	for _, of := range forms {
		if len(of) > 1 { // else two forms had one hash
			alike = append(alike, of...)
		}
	}
	return alike
}

// count is how many customers ids are by some rules.
func count(ids []string, rules []Rule) int64 {
	forms := map[string]bool{}
	for _, id := range ids {
		forms[Normal(id, rules)] = true
	}
	return int64(len(forms))
}
