package consent

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestConsent(t *testing.T) {
	type said struct {
		value string
		day   int32
	}
	rule := Rule{Require: []string{"yes", "TRUE"}, Exclude: []string{"purchased-list"}}
	for _, c := range []struct {
		name       string
		consent    []said
		provenance []string
		want       Status
	}{
		{"nothing is known", nil, nil, NoConsent},
		{"given", []said{{"Yes", 3}}, nil, Yes},
		{"in another word that allows", []said{{" true ", 3}}, nil, Yes},
		{"refused", []said{{"no", 3}}, nil, NoConsent},
		{"withdrawn", []said{{"no", 5}, {"yes", 3}}, nil, NoConsent},
		{"given again", []said{{"no", 5}, {"yes", 7}}, nil, Yes},
		{"both on one day", []said{{"no", 5}, {"yes", 5}}, nil, NoConsent},
		{"both on one day, the other way round", []said{{"yes", 5}, {"no", 5}}, nil, NoConsent},
		{"bought details", []said{{"yes", 5}}, []string{"shop", "Purchased-List"}, Provenance},
		{"from the shop", []said{{"yes", 5}}, []string{"shop"}, Yes},
	} {
		r := NewRecords(rule)
		for _, s := range c.consent {
			r.Consent(1, s.value, s.day)
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
