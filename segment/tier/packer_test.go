package tier

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
		{strings.Repeat("a", packedTogether-1), "b", "c"},
		{strings.Repeat("a", packedTogether), "", strings.Repeat("b", 3*packedTogether), "c"},
	} {
		p := newPacker(len(want))
		for _, text := range want {
			p.add([]byte(text))
		}
		require.Equal(t, want, p.all())
	}
}
