package consent

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestConsent(t *testing.T) {
	type said struct {
		value string
		day   int32
		aside bool
	}
	rule := Rule{Require: []string{"yes", "TRUE"}, Exclude: []string{"purchased-list"}}
	for _, c := range []struct {
		name       string
		consent    []said
		provenance []string
		want       Status
	}{
		{"nothing is known", nil, nil, NoConsent},
		{"given", []said{{value: "Yes", day: 3}}, nil, Yes},
		{"in another word that allows", []said{{value: " true ", day: 3}}, nil, Yes},
		{"refused", []said{{value: "no", day: 3}}, nil, NoConsent},
		{"withdrawn", []said{{value: "no", day: 5}, {value: "yes", day: 3}}, nil, NoConsent},
		{"given again", []said{{value: "no", day: 5}, {value: "yes", day: 7}}, nil, Yes},
		{"both on one day", []said{{value: "no", day: 5}, {value: "yes", day: 5}}, nil, NoConsent},
		{"both on one day, the other way round", []said{{value: "yes", day: 5}, {value: "no", day: 5}}, nil, NoConsent},
		{"withdrawn on a row set aside", []said{{value: "no", day: 5, aside: true}, {value: "yes", day: 3}}, nil, NoConsent},
		{"on the same day as given", []said{{value: "yes", day: 5}, {value: "no", day: 5, aside: true}}, nil, NoConsent},
		{"given again by a row that counts", []said{{value: "no", day: 5, aside: true}, {value: "yes", day: 7}}, nil, Yes},
		{"given by a row set aside", []said{{value: "yes", day: 5, aside: true}}, nil, NoConsent},
		{"given again by a row set aside", []said{{value: "no", day: 5}, {value: "yes", day: 7, aside: true}}, nil, NoConsent},
		{"bought details", []said{{value: "yes", day: 5}}, []string{"shop", "Purchased-List"}, Provenance},
		{"from the shop", []said{{value: "yes", day: 5}}, []string{"shop"}, Yes},
	} {
		r := NewRecords(rule)
		for _, s := range c.consent {
			r.Consent(1, s.value, s.day, !s.aside)
		}
		for _, p := range c.provenance {
			r.Provenance(1, p)
		}
		require.Equal(t, []Status{NoConsent, c.want, NoConsent}, r.Decide(3), c.name)
	}
	r := NewRecords(Rule{Exclude: []string{"x"}})
	r.Provenance(0, "x")
	require.Equal(t, []Status{Provenance, Yes}, r.Decide(2), "no consent is asked for")
}

// Of an account each member's newest word counts. One that does not allow forbids, and else
// one that allows is enough; who says nothing has no part in it.
func TestConsentOfAccounts(t *testing.T) {
	for name, c := range map[string]struct {
		said []said
		want Status
	}{
		"a yes is enough":                 {[]said{{"a", "yes", 1, true}}, Yes},
		"a no of another binds":           {[]said{{"a", "yes", 9, true}, {"b", "no", 1, true}}, NoConsent},
		"the newest of each":              {[]said{{"a", "no", 1, true}, {"a", "yes", 2, true}, {"b", "yes", 1, true}}, Yes},
		"a no on a row that is set aside": {[]said{{"a", "yes", 1, true}, {"b", "no", 2, false}}, NoConsent},
		"a yes on one allows nothing":     {[]said{{"a", "yes", 1, false}}, NoConsent},
		"nobody says anything":            {nil, NoConsent},
	} {
		r := NewRecords(Rule{Require: []string{"yes"}})
		for _, s := range c.said {
			r.ConsentOf(0, s.member, s.value, s.day, s.used)
		}
		require.Equal(t, []Status{c.want}, r.Decide(1), name)
	}
}

// said is a word of a member of an account.
type said struct {
	member, value string
	day           int32
	used          bool
}
