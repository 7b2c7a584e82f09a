package draft

// Sure is how sure a decision is.
type Sure int

// How sure a decision is.
const (
	Guess  Sure = iota // another answer is nearly as likely
	Likely             // nothing else comes near
	Known              // the export says so, or a person did
)

// String names it for people.
func (s Sure) String() string { return [...]string{"a guess", "likely", "sure"}[s] }

// Decision is one line of the job file.
type Decision struct {
	Source int    // -1: of the job
	Key    string // as in the schema, from the source down: columns.amount
	Value  string
	List   []string // instead of Value: a list
	Sheet  string   // of a file that is joined
	Why    string
	Sure   Sure
	Others []Other
	// Off: the line is written as a comment, for who wants it.
	Off bool
	// several: the value is a condition of several, each in brackets.
	several bool
}

// Other is what else a decision could have been.
type Other struct {
	Value string
	Why   string
}
