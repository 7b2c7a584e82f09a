package money

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Amounts of any size come back as they were.
func TestList(t *testing.T) {
	var l List
	texts := []string{"0.00", "-0.000001", "9223372036854.775807", "-9223372036854.775808", "9223372036854.775808", "99999999999999999999999999999999.999999", "-17000000000000.00", "3.50"}
	for _, text := range texts {
		var m Amount
		require.NoError(t, m.UnmarshalText([]byte(text)))
		l.Append(m)
	}
	require.Equal(t, len(texts), l.Len())
	for i, text := range texts {
		require.Equal(t, text, l.At(i).String())
	}
	require.Len(t, l.large, 3)
}
