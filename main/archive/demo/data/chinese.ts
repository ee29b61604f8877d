import type { LanguagePack } from './language-pack.ts';

export const chinese: LanguagePack = {
  code: 'zh-CN',
  name: 'Chinese',
  firstNames: ['伟', '小芳', '建国', '雨桐', '志强', '欣怡'],
  lastNames: ['王', '李', '张', '欧阳', '陈', '刘'],
  places: [
    ['China', 'CN', '上海', '+86', 'Asia/Shanghai'],
    ['China', 'CN', '成都', '+86', 'Asia/Shanghai'],
    ['Taiwan', 'TW', '台北', '+886', 'Asia/Taipei'],
  ],
  greetings: ['您好,我是客服{agent},请问有什么可以帮您?', '感谢您联系Acme,{agent}为您服务。'],
  waiting: ['请稍等,我查一下系统。', '正在和仓库确认,请您稍候。'],
  fillers: ['好的', '是的', '我昨天已经说过了', '不是这个', '真的吗?', '谢谢,我等着'],
  thanks: ['非常感谢您的帮助!', '好的,谢谢👍', '知道了,再见。'],
  goodbyes: ['不客气,祝您生活愉快!', '感谢您的耐心,再见。'],
  topics: {
    delivery: {
      ask: [
        '我的订单{order}还没收到,本来应该{date}到的。',
        '显示已签收,可是我没有收到包裹。',
        '少发了一件:{product}。',
      ],
      detail: ['我一整天都在家,没有人按门铃。', '物流信息在这里 {url}', '这是生日礼物,很着急。'],
      answer: ['您的包裹目前在杭州转运中心。', '请您确认一下邮政编码。', '订单分两个包裹发出,另一个单号是{ref}。'],
      resolve: ['已经安排{date}重新派送。', '已登记丢件,编号{ref},今天补发。'],
    },
    refund: {
      ask: ['退货两个星期了,{amount}还没有退款。', '怎么退{product}?', '我要取消订单{order}。'],
      detail: ['快递单号是{ref}。', '银行说没有到账。'],
      answer: ['您的退货{date}已到仓库,正在检查。', '请告诉我付款卡的后四位。'],
      resolve: ['{amount}的退款已经批准。', '退货标签已发送到{email}。'],
    },
    card: {
      ask: ['我的信用卡被重复扣款{amount}!', '我的卡丢了,请马上冻结。', '{date}有一笔交易不是我做的。'],
      detail: ['我没有把密码告诉任何人。', '商户名称是ACM*RETAIL 4481。'],
      answer: ['尾号{last4}的卡已经冻结。', '为了安全,请不要在这里写完整卡号。'],
      resolve: ['争议已登记,编号{ref}。', '新卡五个工作日内寄到。'],
    },
    login: {
      ask: ['我登录不了,提示密码错误。', '更新以后应用一直闪退。'],
      detail: ['收不到验证码,号码是{phone}。', '提示错误代码E-4012。'],
      answer: ['重置链接已发送到{email},三十分钟内有效。', '为了核实身份,请提供出生日期。'],
      resolve: ['您的账户已经解锁。', '问题已上报,编号{ref}。'],
    },
    product: {
      ask: ['{product}什么时候有货?', '{product}用了两天就坏了。'],
      detail: ['红灯闪四下就关机。', '我想要蓝色,M号。'],
      answer: ['预计{date}到货。', '请长按电源键十秒。'],
      resolve: ['为您更换新的,编号{ref}。', '已登记到货通知。'],
    },
  },
};
