package publication

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publish"
)

func TestCheckList(t *testing.T) {
	text, count := func(name string) publish.Col { return publish.Col{Name: name, Values: []string{"a"}} }, publish.Col{Name: "line", Values: []int64{1}}
	whole := []publish.Col{text("source"), count, text("reason"), text("row")}
	require.NoError(t, CheckList("rejects.csv", whole))
	require.ErrorContains(t, CheckList("other.csv", whole), "not in the registry")
	require.ErrorContains(t, CheckList("rejects.csv", whole[:3]), "no column row in place 4")
	require.ErrorContains(t, CheckList("rejects.csv", append(whole[:4:4], text("more"))), "the column more")
	require.ErrorContains(t, CheckList("rejects.csv", []publish.Col{text("source"), text("line")}), "line as text, want whole number")
	require.ErrorContains(t, CheckList("rejects.csv", []publish.Col{count, text("source")}), "no column source in place 1")
}

// A column that a setting asks for may be left out.
func TestCheckListWithoutAskedColumns(t *testing.T) {
	require.NoError(t, CheckList("segments.csv", SegmentColumns(nil, false)))
	require.NoError(t, CheckList("segments.csv", SegmentColumns(nil, true)))
}
