import type { enDevices } from '@/lib/i18n/en-devices';

/** Cameras, recorders and other devices that gateways tell of. */
export const thDevices: Readonly<Record<keyof typeof enDevices, string>> = {
  'nav.cameras': 'กล้อง',
  'nav.nvrs': 'เครื่องบันทึก',

  'cameras.title': 'กล้อง',
  'cameras.none': 'ยังไม่มีกล้องในเกตเวย์ใด กล้องตั้งค่าที่เกตเวย์',
  'nvrs.title': 'เครื่องบันทึก',
  'nvrs.none': 'ยังไม่มีเครื่องบันทึกในเกตเวย์ใด เครื่องบันทึกตั้งค่าที่เกตเวย์',

  'devices.search': 'ค้นหาด้วยชื่อ รุ่น หรือที่อยู่',
  'devices.noMatch': 'ไม่มีอุปกรณ์ที่ตรงกับตัวกรอง',
  'devices.name': 'ชื่อ',
  'devices.model': 'รุ่น',
  'devices.firmware': 'เฟิร์มแวร์',
  'devices.serial': 'หมายเลขเครื่อง',
  'devices.address': 'ที่อยู่',
  'devices.profiles': 'โปรไฟล์',
  'devices.parent': 'เป็นของ',
  'devices.firstSeen': 'รู้จักตั้งแต่',
  'devices.facts': 'ข้อมูลอุปกรณ์',

  'deviceHint.online': 'เกตเวย์ติดต่อได้',
  'deviceHint.fault': 'ตอบสนอง แต่มีบางอย่างผิดปกติ',
  'deviceHint.offline': 'เกตเวย์ติดต่อไม่ได้',
  'deviceHint.unknown': 'เกตเวย์ไม่ออนไลน์ หรือยังไม่ได้ตรวจ',
};
