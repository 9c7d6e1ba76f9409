-- A neutralised copy must neither sign tokens for the original's bridge nor let one sign in.
DELETE FROM ir_config_parameter
      WHERE key IN ('amanat_realtime.token_key', 'amanat_realtime.token_key_made_for', 'amanat_realtime.install_id');
UPDATE ir_config_parameter SET value = 'ws://localhost:8081/amanat.v1' WHERE key = 'amanat_realtime.bridge_url';
UPDATE res_users SET password = NULL
 WHERE login = (SELECT value FROM ir_config_parameter WHERE key = 'amanat_realtime.service_login');
