package report_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"clientele/analytics/publication"
	"clientele/analytics/report"
)

// A publication of an earlier program has less than one of today; its page is whole all
// the same.
func TestPageOfAnEarlierPublication(t *testing.T) {
	night, err := publication.Open("../../testdata/earlier/shop/2026-06-30")
	require.NoError(t, err)
	var page, again bytes.Buffer
	require.NoError(t, report.Write(&page, night, nil))
	require.NoError(t, report.Write(&again, night, nil))
	require.Equal(t, page.String(), again.String())
	_, err = html.Parse(&page)
	require.NoError(t, err)
	require.NotContains(t, again.String(), ">report.", "a text is missing")
}
