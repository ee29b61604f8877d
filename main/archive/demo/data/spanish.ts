import type { LanguagePack } from './language-pack.ts';

export const spanish: LanguagePack = {
  code: 'es-ES',
  name: 'Spanish',
  firstNames: ['Íñigo', 'Lucía', 'Sofía', 'Andrés', 'Begoña', 'Joaquín', 'Ángela', 'Mateo'],
  lastNames: ['Muñoz', 'García', 'Núñez', 'Ibáñez', 'Castaño', 'Peña', 'Rodríguez'],
  places: [
    ['Spain', 'ES', 'Valencia', '+34', 'Europe/Madrid'],
    ['Spain', 'ES', 'Málaga', '+34', 'Europe/Madrid'],
    ['Mexico', 'MX', 'Mérida', '+52', 'America/Merida'],
    ['Argentina', 'AR', 'Rosario', '+54', 'America/Argentina/Buenos_Aires'],
  ],
  greetings: [
    '¡Hola {customer}! Soy {agent}, ¿en qué puedo ayudarte?',
    'Buenos días, le atiende {agent} de Acme.',
    'Gracias por esperar, mi nombre es {agent}.',
  ],
  waiting: ['Un momento, por favor, lo compruebo.', 'Déjeme consultar con el almacén.', 'Gracias por su paciencia.'],
  fillers: ['sí', 'vale', 'Ya se lo dije al chatbot', 'no, ese no', '¿en serio?', 'sigo aquí'],
  thanks: [
    '¡Muchas gracias por su ayuda!',
    'Genial, gracias 😀',
    'Bueno, gracias igualmente.',
    'Perfecto, hasta luego',
  ],
  goodbyes: [
    'De nada, ¡que tenga un buen día!',
    'Gracias por confiar en Acme.',
    'Un placer, {customer}. ¡Hasta pronto!',
  ],
  topics: {
    delivery: {
      ask: [
        '¿Dónde está mi pedido {order}? Debía llegar el {date}.',
        'Pone entregado, pero no he recibido nada',
        'Me falta un artículo del pedido: {product}',
        '¿Puedo cambiar la dirección de envío de {order}?',
      ],
      detail: [
        'Estuve en casa todo el día y nadie llamó.',
        'Es un regalo de cumpleaños para mi niña.',
        'El seguimiento no avanza: {url}',
      ],
      answer: [
        'El paquete está en el centro de reparto de Zaragoza.',
        'El pedido salió en dos paquetes; el segundo es {ref}.',
        '¿Me confirma el código postal, por favor?',
      ],
      resolve: [
        'He programado una nueva entrega para el {date}.',
        'Abrí la reclamación {ref} y hoy sale el reemplazo.',
      ],
    },
    refund: {
      ask: [
        'Sigo esperando la devolución de {amount}',
        '¿Cómo devuelvo el artículo {product}?',
        'Quiero cancelar el pedido {order} ahora mismo',
      ],
      detail: [
        'Tengo el resguardo de envío, número {ref}.',
        'Mi banco dice que no hay nada.',
        'La etiqueta no se puede imprimir.',
      ],
      answer: [
        'Su devolución llegó el {date} y está en revisión.',
        'El reembolso tarda de tres a cinco días hábiles.',
        '¿Con qué tarjeta pagó? Solo los cuatro últimos dígitos.',
      ],
      resolve: ['Acabo de autorizar el reembolso de {amount}.', 'Le envié la etiqueta a {email}.'],
    },
    card: {
      ask: [
        '¡Me cobraron dos veces {amount} en la tarjeta!',
        'He perdido la tarjeta, bloquéenla por favor',
        'Hay un cargo del {date} que no reconozco',
      ],
      detail: [
        'No le he dado el PIN a nadie.',
        'El comercio se llama ACM*RETAIL 4481.',
        '¿Tengo que poner una denuncia?',
      ],
      answer: [
        'La tarjeta terminada en {last4} ya está bloqueada.',
        'Uno de los cargos es una retención y desaparecerá el {date}.',
        'Por seguridad no escriba el número completo.',
      ],
      resolve: ['La disputa quedó registrada con el número {ref}.', 'La tarjeta nueva llegará en cinco días hábiles.'],
    },
    login: {
      ask: [
        'No puedo iniciar sesión, dice contraseña incorrecta',
        'La aplicación se cierra desde la última actualización',
        'Quiero borrar mi cuenta y todos mis datos',
      ],
      detail: ['Nunca llega el código al {phone}.', 'Sale el error E-4012.', 'En el ordenador sí funciona.'],
      answer: [
        'Le mandé un enlace a {email}, caduca en 30 minutos.',
        '¿Me dice su fecha de nacimiento para verificar?',
        'La cuenta se bloqueó tras cinco intentos.',
      ],
      resolve: ['La cuenta ya está desbloqueada.', 'Su solicitud de borrado está registrada.'],
    },
    product: {
      ask: [
        '¿Cuándo vuelve a estar disponible {product}?',
        'El artículo {product} dejó de funcionar a los dos días',
        '¿Cuánto dura la garantía?',
      ],
      detail: ['La luz roja parpadea cuatro veces.', 'Lo necesito en azul, talla M.', 'Ya probé con otro cable.'],
      answer: [
        'Esperamos más unidades el {date}.',
        'Mantenga pulsado el botón diez segundos.',
        'La garantía es de tres años.',
      ],
      resolve: ['Le envío un aparato nuevo, caso {ref}.', 'Le apunté en la lista de espera.'],
    },
  },
};
