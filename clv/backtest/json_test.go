package backtest

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/internal/wording"
)

func TestScoresReadBack(t *testing.T) {
	in := Score{Model: "nbd", Params: 2, LogScore: -1.5, Behind: 0.25, StdErr: 0.125, Tied: true}
	text, err := json.Marshal(in)
	require.NoError(t, err)
	require.JSONEq(t, `{"model": "nbd", "params": 2, "log_score": -1.5, "behind": 0.25, "std_err": 0.125, "tied": true}`, string(text))
	var back Score
	require.NoError(t, json.Unmarshal(text, &back))
	require.Equal(t, in, back)
	text, err = json.Marshal(Score{Model: "sbg", LogScore: math.NaN(), Behind: math.Inf(1), StdErr: math.NaN(), Out: wording.Words("why")})
	require.NoError(t, err)
	require.JSONEq(t, `{"model": "sbg", "params": 0, "log_score": null, "behind": null, "std_err": null, "tied": false, "out": "why"}`, string(text))
}
