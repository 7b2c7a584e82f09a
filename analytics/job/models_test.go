package job_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/clv"
)

// Every model can be named in a job file, but for that of contracts.
func TestEveryModelHasAName(t *testing.T) {
	for _, name := range clv.ModelNames() {
		text := minimal + "clv: {unit: day, model: " + name + "}\n"
		if name == "sbg" {
			require.Contains(t, refused(t, text), "contracts")
			continue
		}
		require.Equal(t, name, parse(t, text).CLV.Model)
	}
}
