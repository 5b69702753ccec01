#!/bin/sh
# Makes an authority and a certificate of it, by which agents know the controller: ca.crt, tls.crt, tls.key.
# make-certificate.sh DIR [NAMESPACE]; the names are those of the Service kubepatrol. The authority's own key is not kept.
set -eu
umask 077
directory=${1:?a directory to write to}
name=kubepatrol.${2:-kubepatrol}.svc
mkdir -p "$directory"
cd "$directory"
openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj '/CN=kubepatrol' -keyout ca.key -out ca.crt
openssl req -newkey rsa:2048 -nodes -subj "/CN=$name" -keyout tls.key -out tls.csr
printf 'subjectAltName=DNS:%s,DNS:%s.cluster.local\nextendedKeyUsage=serverAuth\n' "$name" "$name" >extensions
openssl x509 -req -in tls.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 3650 -extfile extensions -out tls.crt
rm -f ca.key ca.srl tls.csr extensions
