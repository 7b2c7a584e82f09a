package publication_test

import (
	"encoding/json"
	"io/fs"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publication"
	"clientele/internal/money"
	"clientele/internal/number"
)

// What is written is read again; what does not exist is null.
func TestEvidence(t *testing.T) {
	to, spent := 7., 12.5
	e := publication.Evidence{
		Tested: &publication.Tested{
			On: "2011-12-04", Weights: map[string]float64{"nbd": 1}, From: "2011-09-05", Until: "2011-12-04",
			Splits:  []publication.TestedSplit{{Origin: "2011-09-04", Skill: 0.5, Gini: number.Float(math.Inf(1)), Money: &spent}},
			Deciles: []publication.ForecastDecile{{Customers: 0.5}},
		},
		Repeats: []publication.RepeatCount{{Repeats: 0, Customers: 3, Expected: 2.5}},
		Gaps:    &publication.Histogram{Bins: []publication.Bin{{From: 0, To: &to, Count: 4}}},
		Grid:    []publication.GridCell{{R: 5, F: 1, Monetary: money.FromFloat(0.1)}},
	}
	text, err := json.Marshal(e)
	require.NoError(t, err)
	require.Contains(t, string(text), `"gini":null`)
	require.Contains(t, string(text), `"next_purchase":null`)
	found, err := withFile(t, 12, publication.EvidenceFile, text).ReadEvidence()
	require.NoError(t, err)
	require.False(t, found.Tested.Splits[0].Gini.Known())
	found.Tested.Splits[0].Gini, e.Tested.Splits[0].Gini = 0, 0
	require.Equal(t, &e, found)

	_, err = withFile(t, 12, publication.EvidenceFile, text[:9]).ReadEvidence()
	require.ErrorContains(t, err, "evidence.json")
	for _, tested := range []publication.Tested{
		{On: "2011-12-04", From: "2011-09-05", Until: "2011-12-05"}, {On: "2026-07-01", From: "2011-09-05", Until: "2011-12-04"}, {On: "2011-12-04", From: "2011-12-05", Until: "2011-12-04"}, {},
	} {
		text, err := json.Marshal(publication.Evidence{Tested: &tested})
		require.NoError(t, err)
		_, err = withFile(t, 12, publication.EvidenceFile, text).ReadEvidence()
		require.ErrorContains(t, err, "evidence.json: tested")
	}
	p, err := publication.Open(earlier(t))
	require.NoError(t, err)
	_, err = p.ReadEvidence()
	require.ErrorIs(t, err, fs.ErrNotExist)
}
