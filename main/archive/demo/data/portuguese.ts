import type { LanguagePack } from './language-pack.ts';

export const portuguese: LanguagePack = {
  code: 'pt-BR',
  name: 'Portuguese',
  firstNames: ['João', 'Conceição', 'Thaís', 'Antônio', 'Letícia', 'Caio', 'Inês'],
  lastNames: ['Gonçalves', 'Araújo', 'Assunção', 'Magalhães', 'Simões', 'Ribeiro'],
  places: [
    ['Brazil', 'BR', 'São Paulo', '+55', 'America/Sao_Paulo'],
    ['Brazil', 'BR', 'Belém', '+55', 'America/Belem'],
    ['Portugal', 'PT', 'Évora', '+351', 'Europe/Lisbon'],
  ],
  greetings: [
    'Olá {customer}, aqui é {agent}. Em que posso ajudar?',
    'Bom dia! Você está falando com {agent}, da Acme.',
  ],
  waiting: ['Um momento, estou verificando.', 'Obrigado pela paciência, vou consultar o estoque.'],
  fillers: ['sim', 'tá bom', 'Já expliquei isso ontem', 'não é esse', 'sério?', 'ok, aguardo'],
  thanks: ['Muito obrigado pela ajuda!', 'Ótimo, valeu 👏', 'Obrigada, bom fim de semana'],
  goodbyes: ['De nada, tenha um ótimo dia!', 'A Acme agradece o seu contato.'],
  topics: {
    delivery: {
      ask: [
        'Cadê o meu pedido {order}? Era para chegar em {date}.',
        'Consta como entregue, mas não recebi nada',
        'Veio faltando um item: {product}',
      ],
      detail: ['Fiquei em casa o dia inteiro e ninguém tocou a campainha.', 'O rastreamento está parado: {url}'],
      answer: ['O pacote está no centro de distribuição de Campinas.', 'Pode confirmar o CEP, por favor?'],
      resolve: ['Agendei uma nova entrega para {date}.', 'Abri a reclamação {ref} e o substituto sai hoje.'],
    },
    refund: {
      ask: [
        'Ainda estou esperando o reembolso de {amount}',
        'Como faço a devolução de {product}?',
        'Quero cancelar o pedido {order}',
      ],
      detail: ['Tenho o comprovante de postagem {ref}.', 'O banco diz que não caiu nada na conta.'],
      answer: [
        'A sua devolução chegou em {date} e está em análise.',
        'Informe só os quatro últimos dígitos do cartão.',
      ],
      resolve: ['Acabei de liberar o reembolso de {amount}.', 'A etiqueta foi enviada para {email}.'],
    },
    card: {
      ask: [
        'Fui cobrado duas vezes no cartão: {amount}!',
        'Perdi o cartão, bloqueiem por favor',
        'Não reconheço uma compra do dia {date}',
      ],
      detail: ['Não passei a senha para ninguém.', 'A loja aparece como ACM*RETAIL 4481.'],
      answer: ['O cartão final {last4} está bloqueado.', 'Uma das cobranças é só uma pré-autorização até {date}.'],
      resolve: ['A contestação foi registrada: {ref}.', 'O novo cartão chega em cinco dias úteis.'],
    },
    login: {
      ask: ['Não consigo entrar na minha conta', 'O aplicativo fecha sozinho depois da atualização'],
      detail: ['O código nunca chega no {phone}.', 'Aparece o erro E-4012.'],
      answer: ['Mandei um link para {email}, vale por 30 minutos.', 'Qual a sua data de nascimento, para confirmação?'],
      resolve: ['A conta foi desbloqueada.', 'Registrei o problema com o número {ref}.'],
    },
    product: {
      ask: ['Quando volta ao estoque: {product}?', 'O produto {product} parou de funcionar em dois dias'],
      detail: ['A luz vermelha pisca quatro vezes.', 'Preciso na cor azul, tamanho M.'],
      answer: ['A próxima remessa chega em {date}.', 'Segure o botão por dez segundos.'],
      resolve: ['Vou enviar um aparelho novo, caso {ref}.', 'Coloquei você na lista de espera.'],
    },
  },
};
