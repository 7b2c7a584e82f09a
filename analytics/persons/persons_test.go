package persons

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// seen is an id of an export, with its first day and the values of keys seen beside it.
type seen struct {
	id    string
	first int32
	keys  map[string][]string
}

func decide(rules []Rule, customer map[string]string, keys []string, atMost int, ids []seen) *Found {
	j := NewJoiner(rules, customer, keys, atMost)
	for _, s := range ids {
		j.AddID(s.id, s.first)
	}
	for _, s := range ids {
		for k, name := range keys {
			for _, v := range s.keys[name] {
				j.AddKey(k, s.id, v)
			}
		}
	}
	return j.Decide()
}

func mail(values ...string) map[string][]string { return map[string][]string{"email": values} }

var email = []string{"email"}

// Who shares a key is one person, and who shares one with either of them too.
func TestKeysJoinInChains(t *testing.T) {
	f := decide(nil, nil, []string{"email", "phone"}, 20, []seen{
		{"c", 3, map[string][]string{"phone": {"0170 1234567"}}},
		{"b", 2, map[string][]string{"email": {"x@y.z"}, "phone": {"01701234567"}}},
		{"a", 5, mail("X@Y.Z")},
		{"d", 1, mail("other@y.z")},
	})
	require.Equal(t, []Alias{{"a", "b", "email"}, {"c", "b", "phone"}}, f.Aliases)
	require.Equal(t, []Step{{"normalise", 0}, {"map", 0}, {"email", 1}, {"phone", 1}}, f.MergedBy)
	require.EqualValues(t, 4, f.IDs)
	require.EqualValues(t, 2, f.Customers)
	require.Equal(t, "b", f.Of("a"))
	require.Equal(t, "d", f.Of("d"))
	require.Equal(t, "stranger", f.Of("stranger"))
}

// An id is published in its normal form, also where nothing is merged by that.
func TestSpellingsAreOne(t *testing.T) {
	f := decide([]Rule{Lower, DropPointZero}, nil, nil, 20, []seen{{"A", 1, nil}, {"a", 2, nil}, {"B", 1, nil}, {"7.0", 1, nil}, {"7", 1, nil}})
	require.Equal(t, []Alias{{"7.0", "7", "normalise"}, {"A", "a", "normalise"}, {"B", "b", "normalise"}}, f.Aliases)
	require.EqualValues(t, 2, f.MergedBy[0].Customers)
	require.EqualValues(t, 3, f.Customers)
	require.Equal(t, "zz", f.Of("ZZ"), "an id that only another night knew")
}

// The map's customer stands for the person, also if the exports do not know that id.
func TestMap(t *testing.T) {
	f := decide([]Rule{Lower}, map[string]string{"old1": "new", "old2": "new", "old9": "nobody"}, email, 20,
		[]seen{{"OLD1", 1, nil}, {"old2", 2, mail("a@b.c")}, {"guest", 3, mail("a@b.c")}})
	require.Equal(t, []Alias{{"OLD1", "new", "map"}, {"guest", "new", "email"}, {"old2", "new", "map"}}, f.Aliases)
	require.Equal(t, []Step{{"normalise", 0}, {"map", 1}, {"email", 1}}, f.MergedBy)
	require.EqualValues(t, 1, f.Customers)
	require.Equal(t, "nobody", f.Of("OLD9"))
}

// A key that too many share joins nobody; ids that the map has as one count once.
func TestCap(t *testing.T) {
	var ids []seen
	for i := range 4 {
		ids = append(ids, seen{fmt.Sprint("c", i), 1, mail("office@shop.example")})
	}
	f := decide(nil, nil, email, 3, ids)
	require.EqualValues(t, 4, f.Customers)
	require.Equal(t, []KeyUse{{"email", 1, 0}}, f.Keys)
	f = decide(nil, nil, email, 4, ids)
	require.EqualValues(t, 1, f.Customers)
	f = decide(nil, map[string]string{"c1": "c0"}, email, 3, ids)
	require.EqualValues(t, 1, f.Customers)
	require.Zero(t, f.Keys[0].OverCap)
}

// Chains of keys may give a person more ids than may share one key: that is said.
func TestCrowded(t *testing.T) {
	f := decide(nil, nil, email, 2, []seen{{"a", 1, mail("1@x.y")}, {"b", 1, mail("1@x.y", "2@x.y")}, {"c", 1, mail("2@x.y")}})
	require.EqualValues(t, 1, f.Customers)
	require.EqualValues(t, 1, f.Crowded)
}

// What the map keeps apart no key joins, not over a third id either.
func TestConflicts(t *testing.T) {
	ids := []seen{{"a", 1, mail("1@x.y", "2@x.y")}, {"b", 1, mail("2@x.y")}, {"c", 1, mail("1@x.y", "3@x.y")}, {"d", 1, mail("3@x.y")}}
	f := decide(nil, map[string]string{"a": "A", "b": "B"}, email, 20, ids)
	require.Equal(t, []KeyUse{{"email", 0, 1}}, f.Keys)
	require.Equal(t, []Alias{{"a", "A", "map"}, {"b", "B", "map"}, {"c", "A", "email"}, {"d", "A", "email"}}, f.Aliases)
	f = decide(nil, map[string]string{"a": "A", "d": "D"}, email, 20, ids)
	require.Equal(t, []KeyUse{{"email", 0, 1}}, f.Keys, "1@x.y joins c with A, and then 3@x.y would join it with D")
	require.Equal(t, "A", f.Of("c"))
	require.Equal(t, "D", f.Of("d"))
}

// The ids in conflict are listed, as the exports spell them: those whom the map names, and
// those who would have gone with either of them.
func TestConflictsAreListed(t *testing.T) {
	ids := []seen{{"a", 1, mail("1@x.y", "1@X.Y")}, {"B", 1, mail("1@x.y")}, {"b", 2, nil}, {"c", 1, mail("1@x.y", "2@x.y")}, {"d", 1, mail("2@x.y")}, {"e", 1, mail("2@x.y", "9@x.y")}}
	f := decide([]Rule{Lower}, map[string]string{"a": "one", "b": "two", "d": "one", "e": "two"}, email, 20, ids)
	require.Equal(t, []Conflict{
		{Alias{"B", "two", "email"}, 1},
		{Alias{"a", "one", "email"}, 1},
		{Alias{"b", "two", "email"}, 1},
		{Alias{"c", "c", "email"}, 1},
		{Alias{"c", "c", "email"}, 2},
		{Alias{"d", "one", "email"}, 2},
		{Alias{"e", "two", "email"}, 2},
	}, f.Conflicts)
	require.EqualValues(t, 2, f.Keys[0].Conflicts)
}

// naive is the same, slowly: each id has a label, and joining two sets goes through all.
func naive(rules []Rule, customer map[string]string, keys []string, atMost int, ids []seen) map[string]string {
	label := map[string]string{} // of each form, the set it is in
	first := map[string]int32{}
	for _, s := range ids {
		form := Normal(s.id, rules)
		label[form] = form
		if day, known := first[form]; !known || s.first < day {
			first[form] = s.first
		}
	}
	isCustomer := map[string]bool{}
	for _, c := range customer {
		isCustomer[c] = true
	}
	for form := range label {
		if c, is := customer[form]; is {
			label[c] = c
		}
	}
	relabel := func(from, to string) {
		for form, l := range label {
			if l == from {
				label[form] = to
			}
		}
	}
	for form := range label {
		if c, is := customer[form]; is {
			relabel(label[form], label[c])
		}
	}
	byMap := maps.Clone(label)
	for _, key := range keys {
		share := map[string][]string{}
		for _, s := range ids {
			for _, v := range s.keys[key] {
				if v = CleanKey(key, v); v != "" {
					share[v] = append(share[v], Normal(s.id, rules))
				}
			}
		}
		values := []string{}
		for v := range share {
			values = append(values, v)
		}
		slices.Sort(values)
		for _, v := range values {
			different, customers := map[string]bool{}, map[string]bool{}
			for _, form := range share[v] {
				different[byMap[form]] = true
				for other, l := range label {
					if l == label[form] && isCustomer[other] {
						customers[other] = true
					}
				}
			}
			if len(different) > atMost || len(customers) > 1 {
				continue
			}
			for _, form := range share[v] {
				relabel(label[form], label[share[v][0]])
			}
		}
	}
	who := map[string]string{}
	for _, s := range ids {
		var best string
		for form, l := range label {
			if l != label[Normal(s.id, rules)] {
				continue
			}
			day, known := first[form]
			switch {
			case isCustomer[form]:
				best = form
			case isCustomer[best] || !known:
			case best == "" || cmp.Or(cmp.Compare(day, first[best]), cmp.Compare(form, best)) < 0:
				best = form
			}
		}
		who[s.id] = best
	}
	return who
}

func drawSeen(t *rapid.T) seen {
	values := func(of ...string) []string {
		return rapid.SliceOfN(rapid.SampledFrom(of), 0, 2).Draw(t, "values")
	}
	return seen{
		id:    rapid.SampledFrom([]string{"a", "A", "b", "B", "c", "7", "07", "7.0", "8", "d", "e", "f"}).Draw(t, "id"),
		first: rapid.Int32Range(1, 4).Draw(t, "first"),
		keys: map[string][]string{
			"email": values("1@x.y", "2@x.y", "3@X.y", "3@x.y", "none"),
			"phone": values("1234567", "123-4567", "7654321"),
		},
	}
}

// The sets are those of the slow way, whatever the order in which ids and keys come.
func TestDecideProperty(t *testing.T) {
	keys := []string{"email", "phone"}
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfNDistinct(rapid.Custom(drawSeen), 1, 10, func(s seen) string { return s.id }).Draw(t, "ids")
		rules := rapid.SampledFrom([][]Rule{{Trim}, {Lower}, {Lower, DropPointZero, DropLeadingZeros}}).Draw(t, "rules")
		customer := rapid.SampledFrom([]map[string]string{nil, {"a": "b"}, {"a": "x", "c": "y", "7": "y"}, {"a": "b", "c": "b", "d": "e"}}).Draw(t, "map")
		atMost := rapid.IntRange(1, 4).Draw(t, "cap")
		want := naive(rules, customer, keys, atMost, ids)
		f := decide(rules, customer, keys, atMost, ids)
		customers, aliases := map[string]bool{}, map[string]string{}
		for id, who := range want {
			customers[who] = true
			require.Equal(t, who, f.Of(id), "%s", id)
			if who != id {
				aliases[id] = who
			}
		}
		listed := map[string]string{}
		for _, a := range f.Aliases {
			listed[a.ID] = a.Customer
		}
		require.Equal(t, aliases, listed)
		require.EqualValues(t, len(customers), f.Customers)
		conflicts := map[int64]map[string]bool{}
		for _, c := range f.Conflicts {
			if conflicts[c.Number] == nil {
				conflicts[c.Number] = map[string]bool{}
			}
			conflicts[c.Number][c.Customer] = true
			require.Equal(t, want[c.ID], c.Customer)
		}
		for _, apart := range conflicts {
			require.Greater(t, len(apart), 1, "ids of one customer are in no conflict")
		}
		require.Len(t, conflicts, int(f.Keys[0].Conflicts+f.Keys[1].Conflicts))
		left := f.IDs
		for _, step := range f.MergedBy {
			left -= step.Customers
		}
		require.Equal(t, f.Customers, left, "ids less those merged are the customers")

		shuffled := rapid.Permutation(ids).Draw(t, "shuffled")
		require.Equal(t, f, decide(rules, customer, keys, atMost, shuffled))
	})
}

func BenchmarkDecide(b *testing.B) {
	const n = 1_000_000
	names, mails := make([]string, n), make([]string, n)
	for i := range names {
		names[i], mails[i] = fmt.Sprintf("C%07d", i), fmt.Sprintf("person.%d@example.org", i*9/10)
	}
	b.ReportAllocs()
	for b.Loop() {
		j := NewJoiner([]Rule{Trim, Lower}, nil, email, 20)
		for i, id := range names {
			j.AddID(id, int32(i%1000))
		}
		for i, id := range names {
			j.AddKey(0, id, mails[i])
		}
		if f := j.Decide(); f.Customers != n*9/10 {
			b.Fatal(f.Customers)
		}
	}
}

func BenchmarkLookAlikes(b *testing.B) {
	const n = 1_000_000
	ids := make([]string, n)
	for i := range ids {
		ids[i] = fmt.Sprintf("C%07d", i)
	}
	for b.Loop() {
		if found := LookAlikes(ids, nil); found.IDs != 0 {
			b.Fatal(found)
		}
	}
}

// An address is that of the customer beside whose ids it stands, in any spelling, where it is
// of one customer alone. Other keys are no addresses.
func TestByKey(t *testing.T) {
	j := NewJoiner(nil, map[string]string{"e": "e", "f": "f"}, []string{"email", "phone", "card"}, 2)
	j.KeepKeys()
	for i, id := range []string{"a", "b", "c", "d", "e", "f"} {
		j.AddID(id, int32(i))
	}
	j.AddKey(0, "a", "A@x.example")
	j.AddKey(0, "b", "shared@x.example")
	j.AddKey(1, "c", "+41 79 123 45 67")
	j.AddKey(1, "a", "0041791234567")
	for _, id := range []string{"b", "c", "d"} {
		j.AddKey(0, id, "crowd@x.example")
	}
	for _, id := range []string{"e", "f"} {
		j.AddKey(0, id, "apart@x.example")
	}
	j.AddKey(2, "d", "4711")
	f := j.Decide()
	for text, customer := range map[string]string{
		"\ta@X.example\n": "a", "41791234567": "a", "shared@x.example": "b", "crowd@x.example": "", "apart@x.example": "", "4711": "", "nobody@x.example": "", "": "",
	} {
		require.Equal(t, customer, f.ByKey(text), text)
	}
	require.Equal(t, "a", f.Of("c"))
	require.Empty(t, (*Found)(nil).ByKey("a@x.example"))
	require.Empty(t, decide(nil, nil, email, 20, []seen{{"a", 1, mail("a@x.example")}}).ByKey("a@x.example"), "it was not asked for")
}
