import type { LanguagePack } from './language-pack.ts';

export const turkish: LanguagePack = {
  code: 'tr-TR',
  name: 'Turkish',
  firstNames: ['Işıl', 'Çağrı', 'Gülşen', 'İbrahim', 'Özge'],
  lastNames: ['Şahin', 'Yıldırım', 'Öztürk', 'Çelik'],
  places: [['Turkey', 'TR', 'İzmir', '+90', 'Europe/Istanbul']],
  greetings: [
    'Merhaba {customer}, ben {agent}. Size nasıl yardımcı olabilirim?',
    'Acme’ye hoş geldiniz, adım {agent}.',
  ],
  waiting: ['Bir saniye lütfen, kontrol ediyorum.', 'Sabrınız için teşekkürler, depoya soruyorum.'],
  fillers: ['evet', 'tamam', 'Bunu dün de anlattım', 'hayır, o değil', 'gerçekten mi?'],
  thanks: ['Yardımınız için çok teşekkür ederim!', 'Harika, sağ olun 😊'],
  goodbyes: ['Rica ederim, iyi günler!', 'Bizi tercih ettiğiniz için teşekkürler.'],
  topics: {
    delivery: {
      ask: [
        '{order} numaralı siparişim nerede? {date} tarihinde gelecekti.',
        'Teslim edildi görünüyor ama hiçbir şey almadım',
      ],
      detail: ['Bütün gün evdeydim, kimse gelmedi.', 'Takip bağlantısı: {url}'],
      answer: ['Paketiniz İzmir dağıtım merkezinde.', 'Posta kodunu doğrular mısınız?'],
      resolve: ['{date} için yeni teslimat planladım.', '{ref} numaralı kayıp kaydı açıldı.'],
    },
    refund: {
      ask: ['{amount} iademi hâlâ bekliyorum', '{order} siparişini iptal etmek istiyorum'],
      detail: ['Gönderi numarası {ref}.', 'Bankaya bir şey gelmemiş.'],
      answer: ['İadeniz {date} tarihinde ulaştı, inceleniyor.', 'Kartın son dört hanesini yazar mısınız?'],
      resolve: ['{amount} iadesini onayladım.', 'Etiketi {email} adresine gönderdim.'],
    },
    card: {
      ask: ['Kartımdan iki kez {amount} çekilmiş!', 'Kartımı kaybettim, hemen kapatın'],
      detail: ['Şifremi kimseye vermedim.', 'İşyeri adı ACM*RETAIL 4481.'],
      answer: ['Sonu {last4} olan kart kapatıldı.', 'Güvenliğiniz için tam numarayı yazmayın.'],
      resolve: ['İtirazınız {ref} ile kaydedildi.', 'Yeni kart beş iş günü içinde gelir.'],
    },
    login: {
      ask: ['Giriş yapamıyorum, şifre yanlış diyor', 'Güncellemeden sonra uygulama kapanıyor'],
      detail: ['Kod {phone} numarasına gelmiyor.', 'E-4012 hatası çıkıyor.'],
      answer: ['{email} adresine bağlantı gönderdim.', 'Doğum tarihinizi alabilir miyim?'],
      resolve: ['Hesabınızın kilidi açıldı.', 'Teknik ekibe {ref} ile ilettim.'],
    },
    product: {
      ask: ['{product} ne zaman stokta olacak?', '{product} iki günde bozuldu'],
      detail: ['Kırmızı ışık dört kez yanıp sönüyor.', 'Mavi, M beden istiyorum.'],
      answer: ['{date} tarihinde gelmesini bekliyoruz.', 'Düğmeye on saniye basın.'],
      resolve: ['Yeni ürün gönderiyorum, kayıt {ref}.', 'Sizi bekleme listesine ekledim.'],
    },
  },
};
