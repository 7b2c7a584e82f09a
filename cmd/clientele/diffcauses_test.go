package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/compare"
	"clientele/internal/wording"
)

// Every cause that a comparison may name has words in each language.
func TestCausesHaveWords(t *testing.T) {
	for _, language := range []string{"en", "zh"} {
		for _, cause := range compare.Causes {
			require.True(t, wording.In(language).Has("diff.cause", string(cause)), "%s: diff.cause.%s", language, cause)
		}
	}
}
