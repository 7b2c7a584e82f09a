package report_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"clientele/analytics/publication"
	"clientele/analytics/report"
	"clientele/internal/wording"
)

// A publication of an earlier program has less than one of today; its page is whole all
// the same.
func TestPageOfAnEarlierPublication(t *testing.T) {
	night, err := publication.Open("../../testdata/earlier/shop/2026-06-30")
	require.NoError(t, err)
	var page, again bytes.Buffer
	require.NoError(t, report.Write(&page, night, nil, report.Options{}))
	require.NoError(t, report.Write(&again, night, nil, report.Options{}))
	require.Equal(t, page.String(), again.String())
	_, err = html.Parse(&page)
	require.NoError(t, err)
	require.NotContains(t, again.String(), ">report.", "a text is missing")
}

// A page in another language than that of the job is whole in it, its pictures too.
func TestPageInAnotherLanguage(t *testing.T) {
	night, err := publication.Open("../../testdata/earlier/shop/2026-06-30")
	require.NoError(t, err)
	page, err := report.Of(night, nil, report.Options{Language: "zh"})
	require.NoError(t, err)
	say := wording.In("zh")
	require.Equal(t, say.Code(), page.Lang)
	require.NotEmpty(t, page.Pictures)
	for name, picture := range page.Pictures {
		require.Equal(t, say.SayOf("pictures.title", name), picture.Title)
	}
	for _, section := range page.Sections() {
		require.Equal(t, say.Say("report."+section.ID+".title"), section.Title)
	}
}

// Segments are called the same in each table of a page, in its language.
func TestNamesOfSegmentsInAnotherLanguage(t *testing.T) {
	night, err := publication.Open(bundledShop(t).second.publication)
	require.NoError(t, err)
	page, err := report.Of(night, nil, report.Options{Language: "zh"})
	require.NoError(t, err)
	names := map[string]bool{wording.In("zh").Say("report.all"): true}
	for _, row := range page.Segments.Groups.Rows {
		names[row[0].Text] = true
	}
	require.True(t, names["核心客户"])
	require.Len(t, page.Segments.Where, 3, "by region, channel and category")
	for _, table := range page.Segments.Where {
		for _, row := range table.Rows {
			require.True(t, names[row[0].Text], "%s: %s", table.ID, row[0].Text)
		}
	}
}
