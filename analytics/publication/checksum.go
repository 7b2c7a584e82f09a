package publication

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
)

// checksumKey is the key of a manifest's checksum in the manifest itself.
const checksumKey = "manifest_sha256"

// uncovered are the keys that the checksum does not cover: itself, and what differs
// from run to run of the same night.
var uncovered = map[string]bool{checksumKey: true, "timings": true}

// ChecksumOf is the checksum of a manifest: the sha256 of its keys and values in
// their order, without white space, each pair in a line, those of timings and of the
// checksum left out.
func ChecksumOf(manifest any) (string, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false) // as in the file
	if err := encoder.Encode(manifest); err != nil {
		return "", err
	}
	return checksum(text.Bytes())
}

func checksum(manifest []byte) (string, error) {
	in := json.NewDecoder(bytes.NewReader(manifest))
	if start, err := in.Token(); err != nil || start != json.Delim('{') {
		return "", errors.Join(errors.New("it is no JSON object"), err)
	}
	sum := sha256.New()
	var line bytes.Buffer
	for in.More() {
		key, err := in.Token()
		if err != nil {
			return "", err
		}
		var value json.RawMessage
		if err := in.Decode(&value); err != nil {
			return "", err
		}
		if uncovered[key.(string)] { // keys of an object are texts
			continue
		}
		line.Reset()
		fmt.Fprintf(&line, "%q:", key)
		if err := json.Compact(&line, value); err != nil {
			return "", err
		}
		line.WriteByte('\n')
		sum.Write(line.Bytes())
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
