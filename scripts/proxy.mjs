import { findProgram } from './system.mjs';

/** The path of nginx, for the test of the configuration in the documentation. */
export const findProxy = () =>
  findProgram({
    what: 'nginx',
    variable: 'NGINX_PATH',
    names: ['nginx'],
    elsewhere: ['/usr/sbin/nginx', '/opt/homebrew/bin/nginx'],
    packages: ['nginx-light'],
  });
