package job_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/job"
)

func TestHierarchy(t *testing.T) {
	const source = "name: shop\nas_of: 2026-01-01\nsources: [{path: a, columns: {customer: c, time: t, amount: a, parent: p}}]\n"
	j := parse(t, source)
	require.Nil(t, j.Hierarchy)
	require.True(t, j.MapsParents())
	require.False(t, j.ByTop())
	require.False(t, parse(t, source+"hierarchy: {}\n").ByTop())
	require.True(t, parse(t, source+"hierarchy: {level: top}\n").ByTop())
	for text, want := range map[string]string{
		source + "hierarchy: {level: account}\n": `f.yaml:4:20: hierarchy.level: unknown level "account"; want customer or top`,
		source + "hierarchy: top\n":              `f.yaml:4:12: hierarchy: "top" is not a mapping`,
		minimal + "hierarchy: {level: top}\n":    "f.yaml:5:12: hierarchy: no source says which account stands above a customer; map sources.0.columns.parent, or remove hierarchy",
	} {
		_, err := job.Parse("f.yaml", []byte(text), nil, noon)
		require.EqualError(t, err, want)
	}
}
