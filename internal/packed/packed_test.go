package packed

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Texts come back as they were added, however long they are and wherever a piece ends.
func TestPackedTexts(t *testing.T) {
	for _, want := range [][]string{
		{},
		{""},
		{"a", "", "bc"},
		{strings.Repeat("a", piece-1), "b", "c"},
		{strings.Repeat("a", piece), "", strings.Repeat("b", 3*piece), "c"},
	} {
		p := New(len(want))
		for _, text := range want {
			p.Add([]byte(text))
		}
		require.Equal(t, want, p.All())
	}
}
