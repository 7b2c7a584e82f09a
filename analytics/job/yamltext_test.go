package job_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/analytics/job"
)

// Whatever a column is called, the job file that names it is read as that name.
func TestYAMLTextReadsBack(t *testing.T) {
	parts := []string{`"`, `'`, ` `, `#`, `:`, `: `, ` #`, `a`, `Order`, `订单`, `-`, `- `, `{`, `}`, `[`, `]`, `,`, `*`, `&`, `!`, `@`, "`", `%`, `|`, `>`, `?`, `~`, `\`, `0`, `.`, `é`, `null`, `true`, `<<`, `=`, `(`, `)`, "\n", "\t", "\x1b"}
	rapid.Check(t, func(t *rapid.T) {
		name := strings.TrimSpace(strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 1, 6).Draw(t, "name"), ""))
		if name == "" {
			return
		}
		for _, file := range []string{
			withAmount(inBlock, job.YAMLText(name)),
			strings.Replace(withAmount(inBlock, "amount"), "id\n", job.YAMLText(name)+"        # likely: a reason, 50% of: it\n", 1),
		} {
			j, err := job.Parse("f.yaml", []byte(file), nil, time.Now)
			require.NoError(t, err, file)
			got := []string{j.Sources[0].Columns.Amount, j.Sources[0].Columns.Customer}
			require.Contains(t, got, name, file)
		}
		j, err := job.Parse("f.yaml", []byte(withAmount(inBlock, "a\n      product: p")+"    exclude_products: ["+job.YAMLListed(name)+", b]\n"), nil, time.Now)
		require.NoError(t, err)
		require.Equal(t, []string{name, "b"}, j.Sources[0].ExcludeProducts)
	})
}
