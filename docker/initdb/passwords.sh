# Sourced by the postgres image before roles.sql, which takes the passwords from the environment.
# Not executable on purpose: the image would run it in a process of its own, and the variables would be lost.
export ZENGXIN_OWNER_PASSWORD="$(cat /secret/owner)"
export ZENGXIN_APP_PASSWORD="$(cat /secret/serving)"
