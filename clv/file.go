package clv

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"
)

// gammaGammaName is the spend model's name in a model file.
const gammaGammaName = "gamma-gamma"

// File is a model file, ready for encoding/json: model, unit and params make a
// model, the rest tells where they come from. JSON keeps every bit of a
// float64, and lists params in alphabetical order.
type File struct {
	Model         string             `json:"model"`                    // a name of ModelNames, or BlendName
	Asked         string             `json:"asked,omitempty"`          // the model asked for, where Model took its place
	Weight        float64            `json:"weight,omitempty"`         // of a member of a blend
	Unit          string             `json:"unit,omitempty"`           // of time: day, week, month; a blend's members have that of the blend
	Params        map[string]float64 `json:"params,omitempty"`         // by the papers' letters; none of a blend
	Members       []File             `json:"members,omitempty"`        // of a blend
	Pace          float64            `json:"pace,omitempty"`           // of a blend: how many times as fast the time ahead runs as its members say; 0 means 1
	StdErrors     map[string]float64 `json:"std_errors,omitempty"`     // those that exist
	Held          []string           `json:"held,omitempty"`           // params that the data do not tell
	Order         []string           `json:"order,omitempty"`          // of rows and columns of Covariance
	Covariance    [][]float64        `json:"covariance,omitempty"`     // of the params in Order: those not held
	LogLikelihood float64            `json:"log_likelihood,omitempty"` // times in Unit
	Customers     float64            `json:"customers,omitempty"`      // that the fit saw
	AIC           float64            `json:"aic,omitempty"`
	BIC           float64            `json:"bic,omitempty"`
	Note          string             `json:"note,omitempty"` // what is wrong with the fit
	Spend         *SpendFile         `json:"spend,omitempty"`
	Paying        *PayingFile        `json:"paying,omitempty"` // of a file of gamma-gamma alone; else in Spend
}

// SpendFile is the part of a model file about spend.
type SpendFile struct {
	Model         string             `json:"model"`                    // gamma-gamma
	Params        map[string]float64 `json:"params"`                   // p, q, gamma
	StdErrors     map[string]float64 `json:"std_errors,omitempty"`     // those that exist
	Held          []string           `json:"held,omitempty"`           // params that the data do not tell
	Order         []string           `json:"order,omitempty"`          // of rows and columns of Covariance
	Covariance    [][]float64        `json:"covariance,omitempty"`     // of the params in Order: those not held
	LogLikelihood float64            `json:"log_likelihood,omitempty"` // money as in the data
	Customers     float64            `json:"customers,omitempty"`      // that the fit saw
	LeftOut       float64            `json:"left_out,omitempty"`       // customers without repeat spend
	AIC           float64            `json:"aic,omitempty"`
	BIC           float64            `json:"bic,omitempty"`
	Note          string             `json:"note,omitempty"`   // what is wrong with the fit
	Paying        *PayingFile        `json:"paying,omitempty"` // where purchases were seen that brought no money
}

// PayingFile is the part of a model file about purchases that bring no money, by
// whether the customer's first one did.
type PayingFile struct {
	FirstPaid   *PayingParams `json:"first_paid,omitempty"`
	FirstUnpaid *PayingParams `json:"first_unpaid,omitempty"`
}

// PayingParams are those of Paying.
type PayingParams struct {
	A         float64 `json:"a"`
	B         float64 `json:"b"`
	Customers float64 `json:"customers,omitempty"`  // that the fit saw
	NeverPaid float64 `json:"never_paid,omitempty"` // those who came back and paid for none of it
}

// NewFile describes a fit to a panel whose times are in unit.
func NewFile(unit string, f Fit) File {
	params, errs := paramMaps(f.Params)
	order, covariance := f.known()
	file := File{
		Model:         f.Model.Name(),
		Unit:          unit,
		Params:        params,
		StdErrors:     errs,
		Held:          f.Held,
		Order:         order,
		Covariance:    covariance,
		LogLikelihood: f.LogLikelihood,
		Customers:     f.Customers,
		AIC:           f.AIC,
		BIC:           f.BIC,
		Note:          f.Note.String(),
	}
	if f.Asked != file.Model {
		file.Asked = f.Asked
	}
	return file
}

// NewSpendFile describes a spend fit, for File.Spend.
func NewSpendFile(f SpendFit) *SpendFile {
	params, errs := paramMaps(f.Params)
	order, covariance := f.known()
	return &SpendFile{
		Model:         gammaGammaName,
		Params:        params,
		StdErrors:     errs,
		Held:          f.Held,
		Order:         order,
		Covariance:    covariance,
		LogLikelihood: f.LogLikelihood,
		Customers:     f.Customers,
		LeftOut:       f.LeftOut,
		AIC:           f.AIC,
		BIC:           f.BIC,
		Note:          f.Note.String(),
		Paying:        newPayingFile(f),
	}
}

// newPayingFile describes what stands beside gamma-gamma; nil where nothing does.
func newPayingFile(f SpendFit) *PayingFile {
	if f.FirstPaid == nil && f.FirstUnpaid == nil {
		return nil
	}
	return &PayingFile{FirstPaid: payingParamsOf(f.FirstPaid), FirstUnpaid: payingParamsOf(f.FirstUnpaid)}
}

func payingParamsOf(f *PayingFit) *PayingParams {
	if f == nil {
		return nil
	}
	return &PayingParams{A: f.Model.A, B: f.Model.B, Customers: f.Customers, NeverPaid: f.NeverPaid}
}

// build is the model of parameters that may be nil.
func (p *PayingParams) build() (*Paying, error) {
	if p == nil {
		return nil, nil //nolint:nilnil // no parameters are no error
	}
	m, err := NewPaying(p.A, p.B)
	return &m, err
}

// paramMaps are values and standard errors by name. An unknown standard error,
// NaN, is left out: JSON has no word for it.
func paramMaps(params []Param) (values, stdErrors map[string]float64) {
	values, stdErrors = make(map[string]float64), make(map[string]float64)
	for _, p := range params {
		values[p.Name] = p.Value
		if !math.IsNaN(p.StdErr) && !math.IsInf(p.StdErr, 0) {
			stdErrors[p.Name] = p.StdErr
		}
	}
	return values, stdErrors
}

// known is the covariance of the parameters that have one, and their names.
func (e Estimate) known() (order []string, covariance [][]float64) {
	var which []int
	for i, p := range e.Params {
		if !math.IsNaN(p.StdErr) && !math.IsInf(p.StdErr, 0) {
			which, order = append(which, i), append(order, p.Name)
		}
	}
	for _, i := range which {
		row := make([]float64, len(which))
		for k, j := range which {
			row[k] = e.Covariance[i][j]
		}
		covariance = append(covariance, row)
	}
	return order, covariance
}

// BlendName stands where a model's name would, in the file of a blend.
const BlendName = "blend"

// MemberFit is a fitted model and its weight in a blend.
type MemberFit struct {
	Fit
	Weight float64
}

// NewBlendFile describes a blend of fits to panels whose times are in unit.
func NewBlendFile(unit string, pace float64, members []MemberFit) File {
	file := File{Model: BlendName, Unit: unit, Pace: pace}
	for _, m := range members {
		member := NewFile("", m.Fit)
		member.Weight = m.Weight
		file.Members = append(file.Members, member)
	}
	return file
}

// Build makes the model of a file that holds one; errors as NewModel.
func (f File) Build() (*Model, error) { return NewModel(f.Model, f.Params) }

// BuildBlend makes the blend of a file, or that of its one model. Errors are those of
// NewBlend, NewModel and ParamCovariance.
func (f File) BuildBlend() (*Blend, error) {
	if f.Model != BlendName {
		member, err := f.member()
		return Alone(member.Model, member.Covariance), err
	}
	if len(f.Members) == 0 {
		return nil, fmt.Errorf("%w: blend: members are missing", ErrParameter)
	}
	var members []Member
	for i, of := range f.Members {
		member, err := of.member()
		if err != nil {
			return nil, fmt.Errorf("members: %d: %w", i, err)
		}
		member.Weight = of.Weight
		members = append(members, member)
	}
	b, err := NewBlend(members)
	if err != nil || f.Pace == 0 {
		return b, err
	}
	return b.WithPace(f.Pace)
}

// member is the model of a file, alone.
func (f File) member() (m Member, err error) {
	m.Weight = 1
	if m.Model, err = f.Build(); err != nil {
		return m, err
	}
	m.Covariance, err = f.ParamCovariance()
	return m, err
}

// ParamCovariance is Covariance in the order of the model's Params, as
// PredictiveOptions takes it: NaN for parameters that are not in Order, and nil
// for a file without. The error wraps ErrParameter.
func (f File) ParamCovariance() ([][]float64, error) {
	m, err := f.Build()
	if err != nil || f.Covariance == nil {
		return nil, err
	}
	names := paramNames(m.family.params)
	if err := checkCovariance(names, f.Order, f.Covariance); err != nil {
		return nil, err
	}
	return fullCovariance(names, f.Order, f.Covariance), nil
}

// ParamCovariance is Covariance in the order of p, q and gamma; see [File.ParamCovariance].
func (s SpendFile) ParamCovariance() ([][]float64, error) {
	if s.Covariance == nil {
		return nil, nil
	}
	names := paramNames(gammaGammaParams)
	if err := checkCovariance(names, s.Order, s.Covariance); err != nil {
		return nil, fmt.Errorf("spend: %w", err)
	}
	return fullCovariance(names, s.Order, s.Covariance), nil
}

// fullCovariance is the covariance of the parameters in order as one of all of them.
func fullCovariance(names, order []string, covariance [][]float64) [][]float64 {
	full := make([][]float64, len(names))
	for i, row := range names {
		full[i] = make([]float64, len(names))
		for j, column := range names {
			at, to := slices.Index(order, row), slices.Index(order, column)
			full[i][j] = math.NaN()
			if at >= 0 && to >= 0 {
				full[i][j] = covariance[at][to]
			}
		}
	}
	return full
}

// checkCovariance refuses a covariance that is none of the named parameters.
func checkCovariance(names, order []string, covariance [][]float64) error {
	for i, name := range order {
		if !slices.Contains(names, name) || slices.Contains(order[:i], name) {
			return fmt.Errorf("%w: order: %q is unknown or there twice; expected some of %s", ErrParameter, name, strings.Join(names, ", "))
		}
	}
	if len(order) == 0 {
		return fmt.Errorf("%w: order is missing; expected the parameters of covariance's rows, some of %s", ErrParameter, strings.Join(names, ", "))
	}
	if err := validateSquare("covariance", covariance, len(order)); err != nil {
		return err
	}
	cov := mat.NewSymDense(len(order), nil)
	for i, row := range covariance {
		for j, v := range row[:i+1] {
			if v != covariance[j][i] {
				return fmt.Errorf("%w: covariance is not symmetric: %v and %v of %s and %s", ErrParameter, v, covariance[j][i], order[i], order[j])
			}
			cov.SetSym(i, j, v)
		}
	}
	var factors mat.Cholesky
	if !factors.Factorize(cov) {
		return fmt.Errorf("%w: covariance is not positive definite", ErrParameter)
	}
	return nil
}

// Build makes the spend model of a file. The error wraps ErrUnknownModel or
// ErrParameter, or is NewGammaGamma's ErrNoMean, with a model that may be used.
func (s SpendFile) Build() (SpendModel, error) {
	if s.Model != gammaGammaName {
		return SpendModel{}, fmt.Errorf("spend: %w %q; expected %s", ErrUnknownModel, s.Model, gammaGammaName)
	}
	theta, err := paramValues(paramNames(gammaGammaParams), s.Params)
	if err != nil {
		return SpendModel{}, fmt.Errorf("spend: %s: %w", gammaGammaName, err)
	}
	var m SpendModel
	if f := s.Paying; f != nil {
		if m.FirstPaid, err = f.FirstPaid.build(); err != nil {
			return SpendModel{}, fmt.Errorf("spend: first_paid: %w", err)
		}
		if m.FirstUnpaid, err = f.FirstUnpaid.build(); err != nil {
			return SpendModel{}, fmt.Errorf("spend: first_unpaid: %w", err)
		}
	}
	m.GammaGamma, err = NewGammaGamma(theta[iP], theta[iQ], theta[iGamma])
	return m, err
}
