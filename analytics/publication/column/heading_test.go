package column_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publication/column"
	"clientele/internal/wording"
)

// Every column has a heading in each language, and a heading is that of one column alone,
// so that files are read back whatever language they were written in.
func TestHeadings(t *testing.T) {
	for _, language := range wording.Languages {
		say, of := wording.In(language), map[string]string{}
		for _, c := range column.All() {
			heading := column.Heading(say, c.Name)
			require.True(t, say.Has("heading", c.Name), "%s: heading.%s", language, c.Name)
			require.Contains(t, []string{"", c.Name}, of[heading], "%s: %s", language, heading)
			of[heading] = c.Name
			require.Equal(t, c.Name, column.NameOf(heading), language)
			if language == "en" {
				require.Equal(t, c.Name, heading, "files in English have names")
			}
		}
	}
	require.Equal(t, []string{"customer_id", "clv", "loyalty"}, column.NamesOf([]string{"客户编号", "clv", "loyalty"}))
	require.Equal(t, "loyalty", column.Heading(wording.In("zh"), "loyalty"))
}
