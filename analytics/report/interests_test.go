package report

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publication"
	"clientele/internal/wording"
)

// Where scores are off nobody has a segment, and the table has no column of them.
func TestLostInterestsWithoutSegments(t *testing.T) {
	losing := []publication.Losing{{Category: "tea", Segment: "loyal", Regulars: 4, Lost: 1, Share: 0.25}}
	night := &publication.Publication{}
	night.Interests = &publication.InterestCounts{Losing: losing}
	r := &reading{night: night, say: wording.In("en")}
	require.Equal(t, []Row{rowOf("tea", "4", "1", "25.0%")}, r.losingTable().Rows)
	require.Len(t, r.losingTable().Head, 4)

	night.Segments = []publication.Group{{Kind: "rfm", Name: "loyal", Label: "Loyal"}}
	require.Equal(t, []Row{rowOf("tea", "Loyal", "4", "1", "25.0%")}, r.losingTable().Rows)
	require.Len(t, r.losingTable().Head, 5)
}
