import type { system as English } from '../en/system'

export const system: typeof English = {
  'program-not-installed': ({ name }) => `El programa «${name}» no está instalado`,
  'install-package-iproute2': 'Instala el paquete iproute2.',
  'install-package-brings': ({ name }) => `Instala el paquete que trae «${name}».`,
  'did-not-end-in-time': ({ command }) => `«${command}» no terminó a tiempo`,
  'connection-to-system-d-bus': 'Se perdió la conexión con el D-Bus del sistema',
  'did-not-answer-within': ({ destination, member, seconds }) =>
    `${destination} no respondió a ${member} en ${seconds} s`,
  'printed-something-unexpected': ({ command }) => `«${command}» escribió algo inesperado.`,
  'try-again-if-happens-again': 'Inténtalo de nuevo; si vuelve a pasar, avisa con lo que se dice abajo.',
  'waited-for-did-not-happen': 'Lo que se esperaba no ocurrió a tiempo.',
}
