package analytics_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publication"
	"clientele/analytics/report"
)

// The page of a publication is the one that is written again from its files, with the night
// before; a job may go without.
func TestPageIsPublished(t *testing.T) {
	shop, dir := filepath.Join("..", "testdata", "shop.yaml"), t.TempDir()
	for _, night := range []string{"2026-06-28", "2026-06-29"} {
		p := opened(t, publishJob(t, shop, "output.dir="+dir, "as_of="+night))
		before, err := p.OpenPrevious()
		require.NoError(t, err)
		require.Equal(t, night == "2026-06-29", p.Follows(before))
		var again bytes.Buffer
		require.NoError(t, report.Write(&again, p, before, report.Options{}))
		page, err := os.ReadFile(filepath.Join(p.Path, publication.ReportFile))
		require.NoError(t, err)
		require.Equal(t, again.String(), string(page))
		_, listed := p.Lists(publication.ReportFile)
		require.True(t, listed)
	}
	p := opened(t, publishJob(t, shop, "output.dir="+dir, "as_of=2026-06-30", "output.report=false", "clv=off", "stages=off", "tiers=off"))
	_, listed := p.Lists(publication.ReportFile)
	require.False(t, listed)
	require.NoFileExists(t, filepath.Join(p.Path, publication.ReportFile))
}
