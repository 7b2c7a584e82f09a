package clv

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

// A fit written as JSON reads back as the same model, bit for bit.
func TestFileRoundTrip(t *testing.T) {
	fit, err := FitModel("mbg-nbd", smallPanel(), 1)
	require.NoError(t, err)
	x, spend := GammaGamma{P: 6, Q: 4, Gamma: 15}.simulate(newRand(), 500)
	var of []SpendHistory
	for i := range x {
		of = append(of, SpendHistory{Paid: x[i], Mean: spend[i], Repeats: x[i]})
	}
	of = append(of, SpendHistory{Repeats: 5}, SpendHistory{FirstUnpaid: true})
	money, err := FitSpend(of, nil, 1)
	require.NoError(t, err)
	require.NotNil(t, money.FirstPaid)
	require.NotNil(t, money.FirstUnpaid)

	file := NewFile("week", fit)
	file.Spend = NewSpendFile(money)
	text, err := json.Marshal(file)
	require.NoError(t, err)
	var read File
	require.NoError(t, json.Unmarshal(text, &read))
	require.Equal(t, file, read)

	m, err := read.Build()
	require.NoError(t, err)
	require.Equal(t, fit.Model.Name(), m.Name())
	require.Equal(t, fit.Model.theta, m.theta)
	g, err := read.Spend.Build()
	require.NoError(t, err)
	require.Equal(t, money.SpendModel(), g)
}

// Three fields are enough to predict.
func TestFileOfParametersAlone(t *testing.T) {
	var file File
	require.NoError(t, json.Unmarshal([]byte(`{
		"model": "bg-nbd", "unit": "week",
		"params": {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426},
		"spend": {"model": "gamma-gamma", "params": {"p": 6.25, "q": 3.74, "gamma": 15.44}}
	}`), &file))
	m, err := file.Build()
	require.NoError(t, err)
	require.InDelta(t, 0.72657857, m.PAlive(2, 30.43, 38.86), 1e-8)
	g, err := file.Spend.Build()
	require.NoError(t, err)
	require.InDelta(t, 24.66371391, g.ExpectedSpend(2, 22.35), 1e-8)
}

// A fit that gave way to a simpler model says what was asked for, and only the
// parameters that are not held have a covariance.
func TestFileOfReducedFit(t *testing.T) {
	fit, err := FitModel("bg-nbd", Panel{X: []float64{3}, TX: []float64{10}, T: []float64{12}}, 1)
	require.NoError(t, err)
	text, err := json.Marshal(NewFile("week", fit))
	require.NoError(t, err)
	var read File
	require.NoError(t, json.Unmarshal(text, &read))
	require.Equal(t, "nbd", read.Model)
	require.Equal(t, "bg-nbd", read.Asked)
	require.Equal(t, []string{"r"}, read.Held)
	require.Equal(t, []string{"alpha"}, read.Order)
	require.Equal(t, fit.Note.String(), read.Note)
	require.Equal(t, map[string]float64{"alpha": fit.Params[1].StdErr}, read.StdErrors)
	require.Len(t, read.Covariance, 1)
	require.InEpsilon(t, fit.Params[1].StdErr*fit.Params[1].StdErr, read.Covariance[0][0], 1e-12)
}

// The covariance comes in the order that the file names.
func TestFileCovariance(t *testing.T) {
	fit, err := FitModel("mbg-nbd", smallPanel(), 1)
	require.NoError(t, err)
	file := NewFile("week", fit)
	require.Empty(t, file.Asked)
	require.Empty(t, file.Held)
	require.Equal(t, []string{"r", "alpha", "a", "b"}, file.Order)
	require.Equal(t, fit.Covariance, file.Covariance)
	for i, name := range file.Order {
		require.InEpsilon(t, file.StdErrors[name]*file.StdErrors[name], file.Covariance[i][i], 1e-12)
	}
}

func TestFileRefuses(t *testing.T) {
	_, err := File{Model: "bg-nbd"}.Build()
	require.ErrorIs(t, err, ErrParameter)
	_, err = SpendFile{Model: "normal"}.Build()
	require.ErrorIs(t, err, ErrUnknownModel)
	_, err = SpendFile{Model: "gamma-gamma", Params: map[string]float64{"p": 1, "q": 2, "g": 3}}.Build()
	require.EqualError(t, err, `spend: gamma-gamma: bad parameter: gamma is missing, "g" is unknown; expected p, q, gamma`)
	g, err := SpendFile{Model: "gamma-gamma", Params: map[string]float64{"p": 1, "q": 0.5, "gamma": 3}}.Build()
	require.ErrorIs(t, err, ErrNoMean)
	require.InDelta(t, 0.5, g.Q, 0)
	gamma := map[string]float64{"p": 1, "q": 2, "gamma": 3}
	_, err = SpendFile{Model: "gamma-gamma", Params: gamma, Paying: &PayingFile{FirstPaid: &PayingParams{A: 1}}}.Build()
	require.EqualError(t, err, "spend: first_paid: paying: bad parameter: b (0) is not a number from 1e-12 to 1e+12; expected a, b")
	_, err = SpendFile{Model: "gamma-gamma", Params: gamma, Paying: &PayingFile{FirstUnpaid: &PayingParams{B: 1}}}.Build()
	require.EqualError(t, err, "spend: first_unpaid: paying: bad parameter: a (0) is not a number from 1e-12 to 1e+12; expected a, b")
}

// A covariance that is none is refused, whatever is wrong with it.
func TestParamCovarianceRefuses(t *testing.T) {
	good := File{
		Model: "nbd", Params: map[string]float64{"r": 1, "alpha": 2},
		Order: []string{"alpha", "r"}, Covariance: [][]float64{{4, 1}, {1, 2}},
	}
	full, err := good.ParamCovariance()
	require.NoError(t, err)
	require.Equal(t, [][]float64{{2, 1}, {1, 4}}, full)
	for _, c := range []struct {
		order      []string
		covariance [][]float64
		says       string
	}{
		{nil, good.Covariance, "order is missing"},
		{[]string{"alpha", "s"}, good.Covariance, `order: "s" is unknown or there twice`},
		{[]string{"r", "r"}, good.Covariance, `order: "r" is unknown or there twice`},
		{good.Order, [][]float64{{4, 1}}, "covariance should have 2 rows of 2 numbers"},
		{good.Order, [][]float64{{4, 1}, {2, 2}}, "covariance is not symmetric: 2 and 1 of r and alpha"},
		{good.Order, [][]float64{{4, 3}, {3, 2}}, "covariance is not positive definite"},
		{good.Order, [][]float64{{-4, 1}, {1, 2}}, "covariance is not positive definite"},
	} {
		bad := good
		bad.Order, bad.Covariance = c.order, c.covariance
		_, err := bad.ParamCovariance()
		require.ErrorIs(t, err, ErrParameter)
		require.ErrorContains(t, err, c.says)
	}
	bare := File{Model: "nbd", Params: good.Params}
	full, err = bare.ParamCovariance()
	require.NoError(t, err)
	require.Nil(t, full, "parameters taken as known exactly")
}
