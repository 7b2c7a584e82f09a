package engine

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMessagesWithoutValues(t *testing.T) {
	for message, want := range map[string]string{
		"Could not convert string 'K-4711' to INT32":                       "Could not convert string ... to INT32",
		`Could not cast value "it's" to DECIMAL(18,6)`:                     "Could not cast value ... to DECIMAL(18,6)",
		"Casting value \"1234.5\" to type DECIMAL(4,2) failed":             "Casting value ... to type DECIMAL(4,2) failed",
		"Overflow in addition of INT64 (9223372036854775807 + 1)!":         "Overflow in addition of INT64 (... + ...)!",
		"timestamp field value out of range: \"31.12.2011\", expected ISO": "timestamp field value out of range: ..., expected ISO",
		"date out of range: 2011-12-31":                                    "date out of range: ...",
		"cut off in 'the mid":                                              "cut off in ...",
		"No magic bytes found at end of file 'a.parquet'":                  "No magic bytes found at end of file ...",
		"nothing to hide": "nothing to hide",
	} {
		require.Equal(t, want, withoutValues(message))
	}
	plain := errors.New("no folder 'x'")
	require.Equal(t, plain, WithoutValues(plain))
	require.NoError(t, WithoutValues(nil))
}
