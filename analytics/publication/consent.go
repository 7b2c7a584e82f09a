package publication

// Consent is what run.json says of who may be on a list.
type Consent struct {
	Contactable int64 `json:"contactable"`
	NoConsent   int64 `json:"no_consent"` // none was given, or it was withdrawn
	Provenance  int64 `json:"provenance"` // their details come from where consent.exclude forbids

	// Not there where nobody is: see activation.
	Unsubscribed int64 `json:"unsubscribed,omitempty"`
	Complained   int64 `json:"complained,omitempty"`
	Excluded     int64 `json:"excluded,omitempty"`
}
