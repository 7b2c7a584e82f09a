package number

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// A number is written to the same bytes as a float64, and what is none as null.
func TestFloat(t *testing.T) {
	for _, v := range []float64{0, 1, -0.1, 1e-9, 1e21, math.MaxFloat64, math.SmallestNonzeroFloat64, 1. / 3} {
		want, err := json.Marshal(v)
		require.NoError(t, err)
		text, err := json.Marshal(Float(v))
		require.NoError(t, err)
		require.Equal(t, string(want), string(text))
		var back Float
		require.NoError(t, json.Unmarshal(text, &back))
		require.Equal(t, math.Float64bits(v), math.Float64bits(float64(back)))
	}
	for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		text, err := json.Marshal(struct{ V Float }{Float(v)})
		require.NoError(t, err)
		require.JSONEq(t, `{"V": null}`, string(text))
		var back struct{ V Float }
		require.NoError(t, json.Unmarshal(text, &back))
		require.True(t, math.IsNaN(float64(back.V)))
		require.False(t, back.V.Known())
	}
	require.Error(t, json.Unmarshal([]byte(`"1"`), new(Float)))
}
