package publication

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publish"
	"clientele/internal/money"
	"clientele/internal/number"
	"clientele/segment/quality"
)

// aGroup has another value in each of its fields.
func aGroup() Group {
	days := int64(30)
	return Group{
		Kind: "rfm", Name: "new", Label: "New", Customers: 2, Share: 0.25, Orders: 3,
		Revenue: money.FromFloat(10.5), PastValue: money.FromFloat(4), FutureValue: money.FromFloat(5), EquityShare: 0.125,
		Quality: &Quality{
			Silhouette: 0.1, EtaSquared: 0.2, Days: &days, Distinct: quality.Pass,
			AdjustedRand: 0.3, Jaccard: 0.4, Moved: 0.5, Stable: quality.Warn,
			Rule: "r 4-5", Measurable: quality.Fail, ReachableShare: 0.6, Reachable: "",
			MeanValue: 0.7, Margin: 0.8, Substantial: quality.Pass,
		},
	}
}

func segmentsOf(t *testing.T, valued bool, groups ...Group) []string {
	t.Helper()
	table, err := publish.NewTable(nil, SegmentColumns(groups, valued)...)
	require.NoError(t, err)
	defer table.Release()
	var text bytes.Buffer
	_, err = publish.WriteCSV(&text, table.Schema(), publish.Batches(table), publish.CSVOptions{})
	require.NoError(t, err)
	return strings.Split(strings.TrimSpace(text.String()), "\n")
}

func TestSegmentColumns(t *testing.T) {
	unknown := aGroup()
	unknown.Quality = &Quality{
		Silhouette: number.Float(math.NaN()), EtaSquared: number.Float(math.NaN()), AdjustedRand: number.Float(math.NaN()),
		Jaccard: number.Float(math.NaN()), Moved: number.Float(math.NaN()), ReachableShare: number.Float(math.NaN()),
		MeanValue: number.Float(math.NaN()), Margin: number.Float(math.NaN()), Rule: "any",
	}
	level := aGroup()
	level.Quality = nil
	require.Equal(t, []string{
		"kind,group,label,customers,share,orders,revenue,past_value,future_value,equity_share," +
			"distinct_silhouette,distinct_eta2,distinct_days,distinct,stable_ari,stable_jaccard,stable_moved,stable,rule,measurable," +
			"reachable_share,reachable,substantial_value,substantial_margin,substantial",
		"rfm,new,New,2,0.25,3,10.50,4.00,5.00,0.125,0.1,0.2,30,pass,0.3,0.4,0.5,warn,r 4-5,fail,0.6,,0.7,0.8,pass",
		"rfm,new,New,2,0.25,3,10.50,4.00,5.00,0.125,,,,,,,,,any,,,,,,",
		"rfm,new,New,2,0.25,3,10.50,4.00,5.00,0.125,,,,,,,,,,,,,,,",
	}, segmentsOf(t, true, aGroup(), unknown, level))
	require.Equal(t, "rfm,new,New,2,0.25,3,10.50,0.1,0.2,30,pass,0.3,0.4,0.5,warn,r 4-5,fail,0.6,,0.7,0.8,pass", segmentsOf(t, false, aGroup())[1])
}

// What run.json says of a group is read back as it was.
func TestGroupsReadBack(t *testing.T) {
	text, err := json.Marshal(aGroup())
	require.NoError(t, err)
	var back Group
	require.NoError(t, json.Unmarshal(text, &back))
	require.Equal(t, aGroup(), back)
}
