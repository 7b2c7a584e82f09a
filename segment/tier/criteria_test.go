package tier

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

// A tier as JSON is what a job file has, without what is left at its default.
func TestTiersAsJSON(t *testing.T) {
	for want, tier := range map[string]Tier{
		`{"name":"open","qualify":{}}`: {Name: "open"},
		`{"name":"silver","qualify":{"orders":3,"spend":500},"keep":{"any":{"clv":7,"spend":400}}}`: {
			Name:    "silver",
			Qualify: Criteria{All: []Threshold{{"spend", 500}, {"orders", 3}}},
			Keep:    &Criteria{Any: []Threshold{{"spend", 400}, {"clv", 7}}},
		},
		`{"name":"gold","qualify":{"spend":2000},"limit":{"share":0.05,"margin":0.1,"ties":"exclude"}}`: {
			Name: "gold", Qualify: atLeast("spend", 2000), Limit: &Limit{Share: 0.05, Margin: 0.1, Ties: TiesExclude},
		},
		`{"name":"star","qualify":{},"limit":{"budget":900,"cost":20,"cost_rate":0.1,"cost_of":"spend","by":"clv"}}`: {
			Name: "star", Limit: &Limit{Budget: 900, Cost: 20, CostRate: 0.1, CostMetric: "spend", By: "clv"},
		},
		`{"name":"top","qualify":{},"limit":{"count":17,"by":"r"}}`: {Name: "top", Limit: &Limit{Count: 17, By: "r"}},
	} {
		got, err := json.Marshal(tier)
		require.NoError(t, err)
		require.Equal(t, want, string(got))
	}
}
